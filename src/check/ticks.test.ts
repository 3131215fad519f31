import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TempRepo, tempRepo } from '../../tests/harness/temp-repo.ts';
import { middlewareVersion } from '../cohort/index.ts';
import { applyPlan, createPlan, shippedWorkbench } from '../engine/index.ts';
import { checkRepo, renderCheckReport } from './index.ts';

const repos: TempRepo[] = [];
let migrated: TempRepo;

function copy(): TempRepo {
  const repo = tempRepo({});
  repos.push(repo);
  cpSync(migrated.root, repo.root, { recursive: true });
  return repo;
}

function edit(repo: TempRepo, file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(repo.root, file), 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`the edit of ${file} changes nothing`);
  repo.write(file, changed);
}

/** What `npm install` would write, without a network. */
function lock(repo: TempRepo): void {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(readFileSync(join(repo.root, 'package.json'), 'utf8'));
  const packages = Object.entries(dependencies).map(([name, range]) => [
    `node_modules/${name}`,
    { version: range.startsWith('file:') ? middlewareVersion : range },
  ]);
  repo.write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(packages) }));
}

function ticksOf({ root }: TempRepo): readonly string[] {
  return [...renderCheckReport(checkRepo(root), false).matchAll(/✓ (.*)/g)].map(([, name = '']) => name);
}

beforeAll(() => {
  migrated = tempRepo({
    'package.json':
      '{\n  "name": "shop",\n  "scripts": { "start": "node server.js" },\n  "engines": { "node": "20" },\n  "dependencies": { "express": "4.18.0" }\n}\n',
    'server.js': "const app = require('express')();\napp.listen(process.env.PORT);\n",
  });
  repos.push(migrated);
  const workbench = { ...shippedWorkbench(), asset: () => Buffer.from('a packed middleware') };
  applyPlan(migrated.root, createPlan(migrated.root, { only: [], skip: [] }, workbench), { allowDirty: true }, workbench);
});

afterAll(() => {
  for (const repo of repos) repo.remove();
});

const codemods = 'every codemod of the receipt is satisfied';
const loaded = 'tracing is loaded first';
const drifted = 'nothing drifted from the receipt';
const oneCopy = 'one copy of @opentelemetry/api';
const fits = 'versions fit together';
const locked = 'the lock file holds what package.json says';

const untrue: readonly (readonly [string, (repo: TempRepo) => void, readonly string[]])[] = [
  ['there is no lock file and no install', () => {}, [oneCopy, locked]],
  ['the lock file cannot be read', (repo) => repo.write('package-lock.json', '{ "packages": '), [oneCopy, locked]],
  ['the load is gone', (repo) => edit(repo, 'server.js', /^.*instrumentation.*\r?\n/m, ''), [codemods, loaded, oneCopy, locked]],
  ['the bootstrap is gone', (repo) => rmSync(join(repo.root, 'instrumentation.cjs')), [codemods, drifted, oneCopy, locked]],
  [
    'the receipt is gone',
    (repo) => rmSync(join(repo.root, '.tracewright/receipt.json')),
    ['the receipt is there', codemods, drifted, oneCopy, locked],
  ],
];

describe('a tick of check', () => {
  const all = ['no apply was interrupted', 'the receipt is there', 'this version migrated it', codemods, loaded, drifted];
  const rest = ['no OpenTelemetry by hand', oneCopy, fits, locked];

  it('stands at each question where all is as migrated and locked', () => {
    const repo = copy();
    lock(repo);
    expect(ticksOf(repo)).toEqual([...all, ...rest]);
  });

  it.each(untrue)('is not at what nothing showed: %s', (_what, spoil, gone) => {
    const repo = copy();
    spoil(repo);
    expect(ticksOf(repo)).toEqual([...all, ...rest].filter((name) => !gone.includes(name)));
  });

  it('is not there at all for a package.json that is no JSON, migrated or not', () => {
    const repo = copy();
    edit(repo, 'package.json', '"name": "shop",', '"name": "shop"');
    expect(() => checkRepo(repo.root)).toThrow(/TW1003.*package\.json/);
    const untouched = tempRepo({ 'package.json': '{ "name": "p",', 'server.js': '1;\n' });
    repos.push(untouched);
    expect(() => checkRepo(untouched.root)).toThrow(/TW1003.*package\.json/);
  });

  it('does not need a package.json that nobody migrated', () => {
    const repo = copy();
    lock(repo);
    repo.write('test/fixtures/broken/package.json', '{ "name": ');
    expect(ticksOf(repo)).toEqual([...all, ...rest]);
  });
});
