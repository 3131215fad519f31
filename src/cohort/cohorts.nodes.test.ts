import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import semver from 'semver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeBinary, npmInstall } from '../../tests/harness/node-binary.ts';
import { everyInstrumentation } from '../libraries/index.ts';
import { startReceiver } from '../trace/index.ts';
import { type Cohort, cohorts } from './cohorts.ts';
import { middlewareVersion } from './middleware.ts';

const tarball = join(import.meta.dirname, `../../dist/assets/tracewright-middleware-${middlewareVersion}.tgz`);

/** Lowest and highest Node.js that a row is for. */
const ends: Readonly<Record<Cohort['id'], readonly string[]>> = {
  'sdk-1': ['14', '18.18.2'],
  'sdk-2': ['18.19.0', '22.14.0'],
  'sdk-3': ['22.15.0', '26'],
};

/** Prints what every instrumentation says it supports. */
const inspect = `
const wanted = JSON.parse(process.argv[1]);
const found = wanted.map(({ name, exports }) => {
  const one = new (require(name)[exports])({ enabled: false });
  return (one._modules || []).map((module) => [module.name, module.supportedVersions]);
});
console.log(JSON.stringify(found));
`;

const program = `
const { register } = require('@tracewright/middleware/register');
const { GraphQLInstrumentation } = require('@opentelemetry/instrumentation-graphql');
register({ serviceName: 'probe', instrumentations: [new GraphQLInstrumentation()] });
const http = require('http');
const { buildSchema, graphql } = require('graphql');
const schema = buildSchema('type Query { answer: Int }');
const server = http.createServer((req, res) => {
  graphql({ schema, source: '{ answer }', rootValue: { answer: 42 } }).then(() => res.end());
});
server.listen(0, '127.0.0.1', () => {
  http.get({ host: '127.0.0.1', port: server.address().port }, (res) => {
    res.resume();
    res.on('end', () => process.kill(process.pid, 'SIGTERM'));
  });
});
`;

/** Versions on both sides of every bound the table has. */
const samples: readonly string[] = Array.from({ length: 32 * 32 }, (_none, index) =>
  [0, 3, 9].map((patch) => `${index >> 5}.${index & 31}.${patch}`),
).flat();

describe.each(cohorts)('$id', (cohort) => {
  const rows = everyInstrumentation().flatMap((row) => {
    const cell = row.cohorts[cohort.id];
    return cell === undefined ? [] : [{ ...row, version: cell[0], supports: cell[1], needs: row.needs?.[cohort.id] ?? {} }];
  });
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `tracewright-${cohort.id}-`));
    copyFileSync(tarball, join(folder, 'middleware.tgz'));
    const instrumentations = Object.fromEntries(rows.map(({ name, version }) => [name, version]));
    const companions = Object.assign({}, ...rows.map(({ needs }) => needs));
    const dependencies = {
      ...cohort.core,
      ...cohort.hook,
      ...instrumentations,
      ...companions,
      graphql: '15.8.0',
      '@tracewright/middleware': 'file:middleware.tgz',
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
    writeFileSync(join(folder, 'program.cjs'), program);
    npmInstall(folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('installs one copy of everything that must be one', () => {
    const listed: unknown = JSON.parse(
      execFileSync('npm', ['ls', '--all', '--json', '--package-lock-only'], { cwd: folder, encoding: 'utf8' }),
    );
    for (const name of [...Object.keys(cohort.core), '@opentelemetry/instrumentation']) {
      expect(versionsOf(listed, name), name).toHaveLength(1);
    }
  });

  it.each(ends[cohort.id])('has the instrumentations it names, with the ranges it names, on Node %s', (node) => {
    const wanted = JSON.stringify(rows.map(({ name, exports }) => ({ name, exports })));
    const found: [string, string[]][][] = JSON.parse(
      execFileSync(nodeBinary(node), ['-e', inspect, wanted], { cwd: folder, encoding: 'utf8' }),
    );
    expect(found).toHaveLength(rows.length);
    rows.forEach((row, index) => {
      const real = (found[index] ?? []).filter(([name]) => name === row.library).flatMap(([, ranges]) => ranges);
      const isOutside = (version: string): boolean =>
        semver.satisfies(version, row.supports) && !semver.satisfies(version, real.join(' || '));
      if (real.length > 0) expect(samples.filter(isOutside), row.library).toEqual([]);
    });
  });

  it.each(ends[cohort.id])('sends one trace of a request and a library on Node %s', async (node) => {
    const receiver = await startReceiver();
    try {
      const env = { PATH: process.env['PATH'] ?? '', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
      const child = spawn(nodeBinary(node), ['program.cjs'], { cwd: folder, env, stdio: 'ignore', timeout: 60_000 });
      await once(child, 'close');
      await receiver.settled();
      const server = receiver.spans.find((span) => span.kind === 'SERVER');
      const inTrace = receiver.spans.filter((span) => span.traceId === server?.traceId).map((span) => span.name);
      expect(inTrace).toEqual(expect.arrayContaining(['graphql.parse', 'graphql.validate', 'query', 'GET']));
    } finally {
      await receiver.close();
    }
  });
});

/** Every version of a package in the output of `npm ls --json`. */
function versionsOf(tree: unknown, name: string, found: Set<string> = new Set()): string[] {
  if (typeof tree === 'object' && tree !== null && 'dependencies' in tree && typeof tree.dependencies === 'object') {
    for (const [key, child] of Object.entries(tree.dependencies ?? {})) {
      if (key === name && typeof child === 'object' && child !== null && 'version' in child) found.add(String(child.version));
      versionsOf(child, name, found);
    }
  }
  return [...found];
}
