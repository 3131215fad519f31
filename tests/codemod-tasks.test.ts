import { expect, it } from 'vitest';
import { codemods } from '../codemods/index.gen.ts';
import { listFixtures } from './harness/fixtures.ts';
import { planOn } from './harness/plan-fixture.ts';

/** Places and reasons of what a codemod leaves to a person in one of its fixtures. */
function tasksIn(id: string, name: string): readonly string[] {
  const fixture = listFixtures().find((each) => each.codemod === id && each.name === name);
  const { plan } = planOn(
    fixture?.before ?? {},
    codemods.filter(({ meta }) => meta.id === id),
  );
  return (plan?.codemods ?? []).flatMap((planned) =>
    planned.status === 'applies' ? planned.tasks.map(({ file, line, why }) => `${file}:${line} ${why}`) : [],
  );
}

it.each([
  ['otel-bootstrap', 'names-fastify-routes-without-a-task', []],
  [
    'otel-bootstrap',
    'says-that-old-fastify-and-micro-are-dark',
    ['package.json:12 Routes of connect', 'package.json:13 Routes of fastify'],
  ],
  ['otel-bootstrap', 'leaves-an-install-by-a-built-manifest', ['Dockerfile:9 This installs by a package.json that a build writes']],
  [
    'otel-bootstrap',
    'leaves-an-install-by-a-built-manifest-and-lock',
    ['Dockerfile:4 This installs by a package.json that a build writes into dist, so'],
  ],
  [
    'otel-bootstrap',
    'leaves-an-install-in-a-folder-of-the-build',
    ['Dockerfile:9 This installs by a package.json that a build writes into dist/api, so'],
  ],
  [
    'otel-bootstrap',
    'says-that-a-volume-keeps-old-packages',
    ['compose.yml:6 The container of web keeps its node_modules', 'compose.yml:10 The container of worker keeps its node_modules'],
  ],
  ['otel-load', 'skips-an-entry-that-a-container-mounts-alone', ['compose.yml:6 The container of web mounts server.js without']],
  ['otel-bootstrap', 'skips-a-library-that-came-later', ['package.json:21 pg was added after instrumentation.cjs was written']],
  ['express-tracing', 'skips-an-app-that-no-traced-program-loads', []],
  [
    'express-tracing',
    'skips-a-library-that-cannot-find-the-middleware',
    ['libs/web/index.js:1 libs/web/index.js is outside of every service'],
  ],
  ['otel-bootstrap', 'says-which-library-no-hook-may-show', ['package.json:14 memcached is imported by ES modules']],
  ['otel-bootstrap', 'keeps-a-hook-that-was-edited', ['instrumentation.mjs:5 This hook wraps every module']],
  ['otel-bootstrap', 'keeps-what-a-newer-version-wrote', ['package.json:24 This was migrated by a newer version']],
  ['otel-bootstrap', 'keeps-koa-routes-of-its-instrumentation', []],
  [
    'http-client-spans',
    'skips-calls-told-to-speak-http2',
    ['server.js:5 axios is told to speak HTTP/2', 'server.js:9 got is told to speak HTTP/2'],
  ],
  ['otel-load', 'loads-after-leading-dotenv', []],
  ['otel-load', 'loads-before-dotenv-that-comes-late', ['server.js:2 server.js loads its .env file after tracing']],
  ['otel-load', 'orders-dotenv-imports-in-esm', ['worker.js:4 worker.js loads its .env file after tracing']],
  ['ci-trace-gate', 'keeps-a-check-until-traces-are-recorded', ['package.json:1 No golden trace is recorded']],
  ['ci-trace-gate', 'keeps-a-script-that-nobody-calls', ['.travis.yml:3 Travis CI does not run the gate yet.']],
  ['ci-trace-gate', 'skips-a-workflow-that-is-no-yaml', ['.github/workflows/ci.yml:5 The file is no YAML']],
  [
    'ci-trace-gate',
    'skips-gitlab-tests-of-an-included-file',
    ['.gitlab-ci.yml:1 The tests run in a job of an included file', 'package.json:1 CI runs `npx --no tracewright@0.1.0`'],
  ],
  [
    'ci-trace-gate',
    'skips-jobs-in-flow-style',
    ['.github/workflows/ci.yml:3 The jobs of this workflow are not written as a block', 'package.json:1 CI runs `npx --no'],
  ],
])('%s leaves to a person in %s: %j', (id, name, expected) => {
  const tasks = tasksIn(id, name);
  expect(tasks.map((task, index) => task.slice(0, expected[index]?.length))).toEqual(expected);
});
