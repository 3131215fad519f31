import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import semver from 'semver';
import { describe, expect, test } from 'vitest';
import { filesIn } from '../../scripts/pack-templates.ts';
import { cohorts } from '../../src/cohort/cohorts.ts';
import type { CohortId } from '../../src/contract/index.ts';
import { composePlan, shippedWorkbench } from '../../src/engine/index.ts';
import { memoryTree } from '../../src/engine/plan/memory-tree.ts';
import { readAsset } from '../../src/engine/plan/toolkit.ts';
import { instrumentationsOf } from '../../src/libraries/index.ts';
import { fillTemplate, tarball, vendored } from '../../src/scaffold/fill-template.ts';
import { listTemplates, nodeLines, readTemplate } from '../../src/scaffold/index.ts';

const templates = listTemplates();
const root = fileURLToPath(new URL('../../templates/', import.meta.url));
const packed = readAsset(tarball);

function filesOf(id: string, node: string): Readonly<Record<string, string>> {
  return fillTemplate(readTemplate(id), { template: id, name: '@acme/orders', node }, packed);
}

interface Manifest {
  readonly name: string;
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The instrumentation of each library in use, by the row whose range holds its version. */
function ownInstrumentations({ dependencies }: Manifest, cohort: CohortId): Readonly<Record<string, string>> {
  const used = Object.entries(dependencies).flatMap(([library, declared]) =>
    instrumentationsOf(library).flatMap(({ name, cohorts: versions }) => {
      const [version, supports] = versions[cohort] ?? [];
      return version !== undefined && semver.satisfies(declared, supports ?? '') ? [[name, version] as const] : [];
    }),
  );
  return Object.fromEntries(used);
}

test('the package holds what lies in the folders, dot files too', () => {
  expect(templates.length).toBeGreaterThan(2);
  for (const { id } of templates) {
    const files = readTemplate(id).files;
    expect(Object.keys(files)).toEqual(filesIn(`${root}${id}`, ''));
    expect(files['.gitignore']).toBe(readFileSync(`${root}${id}/.gitignore`, 'utf8'));
  }
});

/** The manifests of what is started: of the service, or of each in a monorepo. */
function tracedManifests(files: Readonly<Record<string, string>>): readonly Manifest[] {
  return vendored(files).map((path) => JSON.parse(files[path.replace(/vendor\/[^/]+$/, 'package.json')] ?? ''));
}

describe.each(templates.map(({ id, codemods, alone }) => ({ id, codemods, alone })))('$id', ({ id, codemods, alone = false }) => {
  const each = nodeLines.map(({ major }) => major);

  test.each(each)('on Node.js %s every codemod finds its work done', (node) => {
    const files = filesOf(id, node);
    const tree = memoryTree({ ...files, ...Object.fromEntries(vendored(files).map((path) => [path, packed])) });
    const { plan } = composePlan(tree, { only: [], skip: [], with: ['ci-trace-gate'] }, shippedWorkbench());
    expect(plan.codemods.filter(({ status }) => status === 'applies')).toEqual([]);
    expect(plan.problems).toEqual([]);
    const satisfied = plan.codemods.filter(({ status }) => status === 'satisfied').map((one) => one.id);
    expect(satisfied).toEqual(expect.arrayContaining([...codemods, 'ci-trace-gate']));
  });

  test.each(each)('on Node.js %s its versions are those of the tables, and the lock file holds them', (node) => {
    const files = filesOf(id, node);
    const manifest: Manifest = JSON.parse(files['package.json'] ?? '');
    const lock: { name: string; packages: Record<string, { version: string; resolved?: string; integrity?: string; name?: string }> } =
      JSON.parse(files['package-lock.json'] ?? '');
    const cohort = cohorts.find((row) => row.id === nodeLines.find(({ major }) => major === node)?.cohort);
    expect(tracedManifests(files)).not.toEqual([]);
    for (const traced of tracedManifests(files)) {
      expect(traced.dependencies).toMatchObject(cohort?.core ?? {});
      expect(traced.dependencies).toMatchObject(ownInstrumentations(traced, cohort?.id ?? 'sdk-1'));
    }
    expect([lock.name, lock.packages['']?.name]).toEqual(['@acme/orders', '@acme/orders']);
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version).toMatch(/^(?:\d+\.\d+\.\d+|file:vendor\/.+\.tgz)$/);
      const locked = lock.packages[`node_modules/${name}`];
      expect(version.startsWith('file:') ? locked?.resolved : locked?.version, name).toBe(version);
    }
    const hosts = Object.values(lock.packages).filter(({ resolved }) => /^\w+:\/\//.test(resolved ?? ''));
    expect(hosts).toEqual([]);
  });

  test('images, engines and CI agree on the line of Node.js', () => {
    const files = filesOf(id, '24');
    const images = [...(files['Dockerfile'] ?? '').matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major);
    expect(images).toEqual(['24', '24']);
    expect(files['.github/workflows/ci.yml']).toContain('node-version: 24');
    expect(JSON.parse(files['package.json'] ?? '').engines.node).toBe('>=24');
  });

  test('the name is nowhere left out, and has its scope where npm reads it only', () => {
    const files = filesOf(id, '20');
    for (const [file, text] of Object.entries(files)) {
      expect(text, file).not.toContain('the-service');
      const isForNpm = /(?:^|\/)package(?:-lock)?\.json$/.test(file) || text.includes("from '@acme/orders-");
      expect(text.includes('@acme/orders'), file).toBe(isForNpm);
    }
    expect(files['compose.yaml']).toContain('OTEL_SERVICE_NAME: orders');
  });

  test('a reader sees the whole of it: few files, few lines, the same scripts', () => {
    const files = Object.entries(filesOf(id, '20')).filter(([file]) => !/^package-lock|^\.tracewright/.test(file));
    const lines = files.filter(([file]) => /\.[mc]?[jt]s$/.test(file)).reduce((sum, [, text]) => sum + text.split('\n').length - 1, 0);
    // Two services and a package are more files, and not more to read.
    expect(files.length).toBeLessThan(alone ? 35 : 20);
    expect(lines).toBeLessThan(400);
    const manifest: Manifest = JSON.parse(readTemplate(id).files['package.json'] ?? '');
    expect(Object.keys(manifest.scripts)).toEqual(['dev', 'build', 'start', 'test', 'test:traces', 'check']);
    const readme = readTemplate(id).files['README.md'] ?? '';
    for (const script of ['dev', 'build', 'test:traces', 'check']) expect(readme).toContain(`npm run ${script}\``);
    expect(readTemplate(id).files['AGENTS.md']).toMatch(/^<!-- tracewright: begin -->[\s\S]*<!-- tracewright: end -->\n$/);
  });

  test('the image runs as another user than root, in exec form, and is healthy by itself', () => {
    const dockerfile = readTemplate(id).files['Dockerfile'] ?? '';
    expect(dockerfile.match(/^FROM node:/gm)).toHaveLength(2);
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^CMD \["node", /m);
    expect(dockerfile).toMatch(/^HEALTHCHECK CMD \["node", "-e"/m);
  });
});
