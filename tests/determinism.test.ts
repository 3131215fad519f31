import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codemods } from '../codemods/index.gen.ts';
import type { Plan } from '../src/contract/index.ts';
import { createPlan } from '../src/engine/index.ts';
import { canonicalJson } from '../src/engine/plan/canonical.ts';
import { workbenchOf } from './harness/plan-fixture.ts';
import { tempRepo } from './harness/temp-repo.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const programs = mkdtempSync(join(here, '../node_modules/.tracewright-plan-'));
const program = join(programs, 'plan-child.mjs');

const files = {
  'package.json':
    '{ "name": "shop", "engines": { "node": "20" }, "scripts": { "start": "node server.js" }, "dependencies": { "express": "4.18.2" } }\n',
  'server.js':
    "const express = require('express');\nconst app = express();\napp.get('/health', (req, res) => res.end());\napp.listen(3000);\n",
  'src/\u00e4.js': "const express = require('express');\nmodule.exports = express.Router();\n",
  'src/z.js': "const express = require('express');\nmodule.exports = express.Router();\n",
  'src/B.js': "const express = require('express');\nmodule.exports = express.Router();\n",
};
const repo = tempRepo(files);

beforeAll(async () => {
  await build({
    entryPoints: [join(here, 'harness/plan-child.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
});

afterAll(() => {
  rmSync(programs, { recursive: true, force: true });
  repo.remove();
});

function planElsewhere(root: string, cwd: string, environment: Readonly<Record<string, string>>): string {
  return execFileSync(process.execPath, [program, root], { cwd, env: { PATH: process.env['PATH'], ...environment }, encoding: 'utf8' });
}

describe('a plan is the same bytes', () => {
  const plan = createPlan(repo.root, { only: [], skip: [] }, workbenchOf(codemods));

  it('and says something', () => {
    expect(plan.files.length).toBeGreaterThan(0);
  });

  const elsewhere: readonly (readonly [name: string, root: string, cwd: string, environment: Readonly<Record<string, string>>])[] = [
    ['from another directory, by a relative path', basename(repo.root), dirname(repo.root), {}],
    ['from within', '.', repo.root, {}],
    ['in another locale', repo.root, tmpdir(), { LANG: 'sv_SE.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' }],
    ['in another time zone', repo.root, tmpdir(), { TZ: 'Pacific/Kiritimati' }],
    ['with another home and user', repo.root, tmpdir(), { HOME: '/nonexistent', USER: 'other', NODE_ENV: 'production', CI: '1' }],
  ];
  it.each(elsewhere)('%s', (_name, root, cwd, environment) => {
    expect(planElsewhere(root, cwd, environment)).toBe(canonicalJson(plan));
  });

  it('in a copy under another name whose files were written in another order', () => {
    const copy = tempRepo(Object.fromEntries(Object.entries(files).reverse()));
    expect(canonicalJson(createPlan(copy.root, { only: [], skip: [] }, workbenchOf(codemods)))).toBe(canonicalJson(plan));
    copy.remove();
  });

  it('after a round trip through JSON', () => {
    const copy: Plan = JSON.parse(JSON.stringify(plan));
    expect(canonicalJson(copy)).toBe(canonicalJson(plan));
  });

  it('whatever lies in node_modules, .git and ignored folders', () => {
    const copy = tempRepo({
      ...files,
      'node_modules/express/index.js': 'express',
      '.git/x.js': 'express',
      'src/node_modules/a/b.js': 'express',
    });
    cpSync(join(copy.root, 'src/z.js'), join(copy.root, 'node_modules/z.js'));
    expect(canonicalJson(createPlan(copy.root, { only: [], skip: [] }, workbenchOf(codemods)))).toBe(canonicalJson(plan));
    copy.remove();
  });
});
