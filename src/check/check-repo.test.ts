import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleNames } from '../../tests/harness/copy-example.ts';
import { readFolder } from '../../tests/harness/read-folder.ts';
import { type TempRepo, tempRepo } from '../../tests/harness/temp-repo.ts';
import { hasKept, keptExample, keptVersions } from '../../tests/upgrade/kept.ts';
import { middlewareVersion } from '../cohort/index.ts';
import { applyPlan, createPlan, shippedWorkbench } from '../engine/index.ts';
import { checkRepo } from './index.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const app = join(examples, 'legacy-express/app');
const repos: TempRepo[] = [];
let migrated: TempRepo;

function legacy(): TempRepo {
  const repo = tempRepo(readFolder(app) ?? {});
  repos.push(repo);
  return repo;
}

/** What `npm install` would write for the added packages, without a network. */
function lockAll(repo: TempRepo): void {
  const old: { dependencies: Record<string, { version: string }> } = JSON.parse(readFileSync(join(repo.root, 'package-lock.json'), 'utf8'));
  const { dependencies } = readJson(repo, 'package.json');
  const packages = Object.entries(dependencies).map(([name, range]) => [
    `node_modules/${name}`,
    old.dependencies[name] ?? { version: range.startsWith('file:') ? middlewareVersion : range },
  ]);
  writeJson(repo, 'package-lock.json', { lockfileVersion: 3, packages: Object.fromEntries(packages) });
}

interface Json {
  readonly dependencies: Record<string, string>;
  readonly packages: Record<string, object>;
}

function readJson(repo: TempRepo, file: string): Json {
  return JSON.parse(readFileSync(join(repo.root, file), 'utf8'));
}

function writeJson(repo: TempRepo, file: string, value: unknown): void {
  repo.write(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

function edit(repo: TempRepo, file: string, change: (text: string) => string): void {
  const text = readFileSync(join(repo.root, file), 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`the sabotage of ${file} changes nothing`);
  repo.write(file, changed);
}

/** Errors as `code file:line`. */
function errorsOf(repo: TempRepo): readonly string[] {
  const { findings } = checkRepo(repo.root);
  return findings.filter(({ level }) => level === 'error').map(({ code, file, line }) => `${code} ${file}:${line}`);
}

beforeAll(() => {
  migrated = legacy();
  const workbench = { ...shippedWorkbench(), asset: () => Buffer.from('a packed middleware') };
  applyPlan(migrated.root, createPlan(migrated.root, { only: [], skip: [] }, workbench), { allowDirty: true }, workbench);
  lockAll(migrated);
});

afterAll(() => {
  for (const repo of repos) repo.remove();
});

const sabotages: readonly (readonly [string, (repo: TempRepo) => void, readonly string[]])[] = [
  ['a removed bootstrap', (repo) => rmSync(join(repo.root, 'instrumentation.cjs')), ['TW2104 instrumentation.cjs:1']],
  [
    'a second copy of the bootstrap',
    (repo) => repo.write('lib/instrumentation.cjs', readFileSync(join(repo.root, 'instrumentation.cjs'), 'utf8')),
    ['TW2108 lib/instrumentation.cjs:1'],
  ],
  ['an interrupted apply', (repo) => repo.write('.tracewright/journal.json', '{}'), ['TW2006 .tracewright/journal.json:1']],
  [
    'a bootstrap that moved, and that nothing loads',
    (repo) => {
      repo.write('lib/instrumentation.cjs', readFileSync(join(repo.root, 'instrumentation.cjs'), 'utf8'));
      rmSync(join(repo.root, 'instrumentation.cjs'));
    },
    ['TW2104 instrumentation.cjs:1'],
  ],
  [
    'a removed first line',
    (repo) => edit(repo, 'bin/www', (text) => text.replace(/^require\(['"]\.\.\/instrumentation\.cjs['"]\);?\r?\n/m, '')),
    ['TW2103 bin/www:'],
  ],
  [
    'a second API copy in the lock file',
    (repo) => {
      const lock = readJson(repo, 'package-lock.json');
      const packages = { ...lock.packages, 'node_modules/other/node_modules/@opentelemetry/api': { version: '1.4.0' } };
      writeJson(repo, 'package-lock.json', { ...lock, packages });
    },
    ['TW2120 package-lock.json:'],
  ],
  [
    'a second API copy in node_modules',
    (repo) => {
      repo.write('node_modules/@opentelemetry/api/package.json', '{ "version": "1.9.1" }');
      repo.write('node_modules/other/node_modules/@opentelemetry/api/package.json', '{ "version": "1.4.0" }');
    },
    ['TW2120 package.json:'],
  ],
  [
    'a hand-written span',
    (repo) =>
      repo.write(
        'lib/by-hand.js',
        "const { trace } = require('@opentelemetry/api');\n\nexports.run = (work) => trace.getTracer('x').startActiveSpan('run', work);\n",
      ),
    ['TW2112 lib/by-hand.js:3'],
  ],
  [
    'a manual traceparent',
    (repo) => repo.write('lib/call.js', "exports.call = (id) => fetch('http://stock', { headers: { traceparent: id } });\n"),
    ['TW2111 lib/call.js:1'],
  ],
  [
    'a second SDK',
    (repo) => repo.write('lib/otel.js', "const { NodeSDK } = require('@opentelemetry/sdk-node');\nnew NodeSDK().start();\n"),
    ['TW2110 lib/otel.js:2'],
  ],
  [
    'an edited launch',
    (repo) => {
      repo.write('other.js', "require('./app').listen(3000);\n");
      edit(repo, 'package.json', (text) => text.replace('node ./bin/www', 'node other.js').replace('node bin/www', 'node other.js'));
    },
    ['TW2103 other.js:1'],
  ],
  [
    'skewed versions',
    (repo) => {
      const manifest = readJson(repo, 'package.json');
      writeJson(repo, 'package.json', {
        ...manifest,
        dependencies: { ...manifest.dependencies, '@opentelemetry/core': '1.25.0' },
      });
      const lock = readJson(repo, 'package-lock.json');
      writeJson(repo, 'package-lock.json', {
        ...lock,
        packages: { ...lock.packages, 'node_modules/@opentelemetry/core': { version: '1.25.0' } },
      });
    },
    ['TW2121 package.json:'],
  ],
  [
    'a deleted vendor tarball',
    (repo) => rmSync(join(repo.root, 'vendor', readdirSync(join(repo.root, 'vendor'))[0] ?? '')),
    [`TW2104 vendor/tracewright-middleware-${middlewareVersion}.tgz:1`],
  ],
  [
    'an edited instrumentation file',
    (repo) => edit(repo, 'instrumentation.cjs', (text) => `${text}// more\n`),
    ['TW2105 instrumentation.cjs:1'],
  ],
  [
    'a stale lock file',
    (repo) => {
      const lock = readJson(repo, 'package-lock.json');
      const { 'node_modules/@opentelemetry/core': _core, 'node_modules/@opentelemetry/sdk-trace-node': _node, ...packages } = lock.packages;
      writeJson(repo, 'package-lock.json', { ...lock, packages });
    },
    ['TW2122 package.json:'],
  ],
  [
    'the middleware taken out of package.json',
    (repo) => {
      const manifest = readJson(repo, 'package.json');
      const { '@tracewright/middleware': _gone, ...dependencies } = manifest.dependencies;
      writeJson(repo, 'package.json', { ...manifest, dependencies });
    },
    ['TW2102 package.json:'],
  ],
  ['a lost receipt', (repo) => rmSync(join(repo.root, '.tracewright/receipt.json')), ['TW2101 .tracewright/receipt.json:1']],
];

describe('checkRepo', () => {
  it('answers "not migrated" for an untouched legacy repository', () => {
    const { status, findings } = checkRepo(legacy().root);
    expect({ status, codes: findings.map(({ code }) => code) }).toEqual({ status: 'not-migrated', codes: ['TW2100'] });
  });

  it('finds nothing in a migrated one', () => {
    expect(checkRepo(migrated.root)).toMatchObject({ status: 'ok', findings: [] });
  });

  it.each(sabotages)('finds %s, and nothing else', (_what, sabotage, expected) => {
    const repo = tempRepo({});
    repos.push(repo);
    cpSync(migrated.root, repo.root, { recursive: true });
    sabotage(repo);
    const errors = errorsOf(repo);
    expect(errors.map((each, index) => (expected[index]?.endsWith(':') ? each.replace(/\d+$/, '') : each))).toEqual(expected);
    expect(checkRepo(repo.root).status).toBe('faults');
  });

  it('finds nothing when the bootstrap was moved together with its load', () => {
    const repo = tempRepo({});
    repos.push(repo);
    cpSync(migrated.root, repo.root, { recursive: true });
    repo.write('lib/instrumentation.cjs', readFileSync(join(repo.root, 'instrumentation.cjs'), 'utf8'));
    rmSync(join(repo.root, 'instrumentation.cjs'));
    edit(repo, 'bin/www', (text) => text.replace('../instrumentation.cjs', '../lib/instrumentation.cjs'));
    expect(errorsOf(repo)).toEqual([]);
  });

  it('keeps quiet about files that tracewright.yaml allows', () => {
    const repo = tempRepo({});
    repos.push(repo);
    cpSync(migrated.root, repo.root, { recursive: true });
    repo.write('lib/by-hand.js', "require('@opentelemetry/api').trace.getTracer('x').startSpan('run').end();\n");
    repo.write('tracewright.yaml', 'version: 1\ncheck:\n  allow:\n    - lib/by-hand.js\n');
    expect(errorsOf(repo)).toEqual([]);
    repo.write('tracewright.yaml', 'version: 1\ncheck:\n  alow: []\n');
    expect(() => checkRepo(repo.root)).toThrow(/TW3006.*check\.alow is not a known key/);
  });

  it('refuses a folder that is no repository', () => {
    expect(() => checkRepo(join(app, 'nowhere'))).toThrow(/TW1001/);
    const empty = tempRepo({});
    repos.push(empty);
    expect(() => checkRepo(empty.root)).toThrow(/TW1002/);
  });
});

describe('checkRepo of what an earlier version migrated', () => {
  const kept = keptVersions.flatMap((version) =>
    exampleNames.filter((name) => hasKept(version, name)).map((name) => [version, name] as const),
  );

  it.each(kept)('%s, %s: names both versions once, and is content after the apply that it names', (version, name) => {
    const original = readFolder(join(examples, name, 'app')) ?? {};
    const repo = tempRepo({ ...original, ...keptExample(version, name) });
    repos.push(repo);
    const outdated = checkRepo(repo.root).findings.filter(({ level, code }) => level === 'error' && code !== 'TW2122');
    expect(new Set(outdated.map(({ code }) => code))).toEqual(new Set(['TW2107']));
    expect(outdated[0]?.why).toContain(`is ${version} here, and this version of Tracewright writes ${middlewareVersion}`);
    applyPlan(repo.root, createPlan(repo.root, { only: [], skip: [] }), { allowDirty: true });
    expect(checkRepo(repo.root).findings.filter(({ level, code }) => level === 'error' && code !== 'TW2122')).toEqual([]);
  });
});
