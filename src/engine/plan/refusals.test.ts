import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryRepo } from '../../../tests/harness/memory-repo.ts';
import { tempRepo } from '../../../tests/harness/temp-repo.ts';
import { exitCode, type Plan, TracewrightError } from '../../contract/index.ts';
import { composePlan, createPlan, shippedWorkbench } from '../index.ts';

const app = "const express = require('express');\nconst app = express();\napp.get('/', (req, res) => res.end());\napp.listen(3000);\n";
const workbench = { ...shippedWorkbench(), asset: () => Buffer.from('tarball') };
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function manifest(more: object = {}): string {
  return JSON.stringify({ name: 'shop', scripts: { start: 'node index.js' }, dependencies: { express: '4.18.2' }, ...more }, undefined, 2);
}

function plan(files: Readonly<Record<string, string | Uint8Array>>, only: readonly string[] = []): Plan {
  return composePlan(memoryRepo(files), { only, skip: [] }, workbench).plan;
}

function refusal(action: () => unknown): Partial<TracewrightError> & { readonly exit?: number } {
  try {
    action();
  } catch (error) {
    if (error instanceof TracewrightError) return { code: error.code, detail: error.detail, next: error.next, exit: exitCode(error.code) };
    throw error;
  }
  return {};
}

describe('a repository that cannot be traced at all', () => {
  it.each([
    ['engines.node 8', { 'package.json': manifest({ engines: { node: '8.x' } }) }, /8\.x in package\.json/],
    [
      'an image of Node.js 12',
      { 'package.json': manifest(), Dockerfile: 'FROM node:12\nCOPY . .\nCMD ["node", "index.js"]\n' },
      /Dockerfile/,
    ],
  ])('is refused for %s', (_name, files, why) => {
    const refused = refusal(() => plan({ ...files, 'index.js': app }));
    expect(refused).toMatchObject({
      code: 'TW1050',
      detail: expect.stringMatching(why),
      next: expect.stringMatching(/Node\.js 14/),
      exit: 2,
    });
  });

  it('says each reason once, with how many services have it', () => {
    const names = ['api', 'auth', 'mail', 'tool'];
    const files = names.flatMap((name) => {
      const json = { name: `@shop/${name}`, version: '1.0.0', files: ['index.js'], scripts: { start: 'node index.js' } };
      const more = name === 'tool' ? { publishConfig: { access: 'public' } } : {};
      return [
        [`packages/${name}/package.json`, JSON.stringify({ ...json, ...more })],
        [`packages/${name}/index.js`, app],
      ];
    });
    const root = { name: 'shop', private: true, workspaces: ['packages/*'] };
    const refused = refusal(() => plan({ 'package.json': JSON.stringify(root), ...Object.fromEntries(files) }));
    const lines = String(refused.detail).split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^4 services, none of which can be traced/),
      expect.stringMatching(/^@shop\/api may be published .* The same holds for @shop\/auth and @shop\/mail\.$/),
      expect.stringMatching(/^@shop\/tool is published for others to install \(publishConfig/),
    ]);
  });

  it('says what was looked for when nothing starts', () => {
    const refused = refusal(() =>
      plan({ 'package.json': '{ "name": "lib" }', 'lib.js': "module.exports = require('express').Router();\n" }),
    );
    expect(refused).toMatchObject({ code: 'TW2002', exit: 3 });
    for (const word of ['start scripts', 'Dockerfile', 'Procfile', '`main`', '`bin`']) expect(refused.detail).toContain(word);
  });

  it('names the start command whose file is not there', () => {
    expect(refusal(() => plan({ 'package.json': manifest({ scripts: { start: 'node gone.js' } }), 'lib.js': app }))).toMatchObject({
      code: 'TW1010',
      detail: expect.stringMatching(/gone\.js.*package\.json:\d/),
      next: expect.stringContaining('Correct the path'),
    });
  });

  it('says that it is a front end', () => {
    const files = { 'package.json': manifest({ scripts: { start: 'react-scripts start' } }), 'src/index.js': "require('express');\n" };
    expect(refusal(() => plan(files))).toMatchObject({ code: 'TW1011', detail: expect.stringContaining('react-scripts start') });
  });

  it('names the broken package.json when no service is left', () => {
    expect(refusal(() => plan({ 'package.json': '{ "name": ', 'index.js': app }))).toMatchObject({
      code: 'TW1003',
      detail: expect.stringContaining('package.json'),
      exit: 2,
    });
  });

  it('names what lies in the way when another tracer is installed', () => {
    const files = { 'package.json': manifest({ dependencies: { express: '4.18.2', 'dd-trace': '3.0.0' } }), 'index.js': app };
    expect(refusal(() => plan(files))).toMatchObject({ code: 'TW2003', next: expect.stringContaining('dd-trace') });
  });

  it.each([
    ['the entry', ['package.json']],
    ['package.json', ['index.js']],
  ])('names the link when %s lies outside', (_name, inside) => {
    const [root, outside] = [mkdtempSync(join(tmpdir(), 'tracewright-')), mkdtempSync(join(tmpdir(), 'tracewright-'))];
    folders.push(root, outside);
    for (const [file, text] of Object.entries({ 'package.json': manifest(), 'index.js': app })) {
      writeFileSync(join(inside.includes(file) ? root : outside, file), text);
      if (!inside.includes(file)) symlinkSync(join(outside, file), join(root, file));
    }
    mkdirSync(join(root, 'lib'));
    symlinkSync(join(root, 'lib'), join(root, 'own'));
    const link = inside.includes('index.js') ? 'package.json' : 'index.js';
    expect(refusal(() => createPlan(root, { only: [], skip: [] }, workbench))).toMatchObject({ code: 'TW2007', detail: link, exit: 3 });
  });

  it.each([
    ['a syntax error', "const http = require('http');\nhttp.createServer((req => 1;\n", 'TW2017', 2],
    ['bytes that are not UTF-8', Buffer.from("require('http').createServer().listen(1); // caf\xe9\n", 'latin1'), 'TW2012', 1],
  ])('is refused when its entry has %s', (_name, entry, code, line) => {
    const files = { 'package.json': manifest(), 'index.js': entry, 'lib/app.js': app };
    expect(refusal(() => plan(files))).toMatchObject({ code, detail: expect.stringContaining(`index.js:${line}`) });
  });

  it('is refused when its package.json cannot be read', () => {
    const manifests = {
      TW2033: `{ "name": "a", "x": ${'['.repeat(600)}${']'.repeat(600)} }`,
      TW2012: Buffer.from('{ "name": "caf\xe9" }', 'latin1'),
    };
    for (const [code, text] of Object.entries(manifests)) {
      const repo = tempRepo({ 'index.js': app });
      writeFileSync(join(repo.root, 'package.json'), text);
      expect(refusal(() => createPlan(repo.root, { only: [], skip: [] }, workbench))).toMatchObject({ code, detail: 'package.json' });
      repo.remove();
    }
  });

  it('is refused, too, when the bootstrap was not asked for', () => {
    const files = { 'package.json': manifest({ engines: { node: '8.x' } }), 'index.js': app };
    expect(refusal(() => plan(files, ['express-tracing']))).toMatchObject({ code: 'TW2024' });
  });
});

describe('packages that cannot be traced beside one that can', () => {
  const files = {
    'package.json': '{ "name": "all", "private": true, "workspaces": ["packages/*"] }',
    'packages/old/package.json': manifest({ name: 'old', engines: { node: '8.x' } }),
    'packages/old/index.js': app,
    'packages/old/lib/routes.js': "const express = require('express');\nmodule.exports = express.Router();\n",
    'packages/new/package.json': manifest({ name: 'new' }),
    'packages/new/index.js': app,
  };

  it('are closed to every codemod, with a task', () => {
    const { codemods, files: changed } = plan(files);
    expect(changed.map(({ file }) => file).filter((file) => file.startsWith('packages/old'))).toEqual([]);
    expect(changed.map(({ file }) => file)).toContain('packages/new/index.js');
    const tasks = codemods.flatMap((codemod) => (codemod.status === 'applies' ? codemod.tasks : []));
    expect(tasks).toMatchObject([{ file: 'packages/old/package.json', next: expect.stringContaining('14') }]);
  });

  it('are reported again once the others are done', () => {
    const { changes } = composePlan(memoryRepo(files), { only: [], skip: [] }, workbench);
    const migrated = Object.fromEntries(changes.map(({ file, after }) => [file, after ?? '']));
    const second = plan({ ...files, ...migrated });
    expect(second.files).toEqual([]);
    expect(second.problems).toMatchObject([{ code: 'TW1050', evidence: { file: 'packages/old/package.json' } }]);
  });

  it('close the root without the services inside it', () => {
    const root = { ...files, 'package.json': manifest({ engines: { node: '8.x' }, workspaces: ['packages/*'] }), 'index.js': app };
    const inner = { 'packages/new/package.json': manifest({ name: 'new', engines: { node: '20.x' } }) };
    const changed = plan({ ...root, ...inner }).files.map(({ file }) => file);
    expect(changed).toContain('packages/new/index.js');
    expect(changed).not.toContain('index.js');
  });

  it('hides neither the CI of the repository nor what else begins with a dot', () => {
    const { plan: made } = composePlan(
      memoryRepo({
        'package.json': manifest({ name: 'site', dependencies: { next: '14.0.0' }, scripts: { start: 'node index.js' } }),
        'index.js': app,
        'api/package.json': manifest({ name: 'api' }),
        'api/index.js': app,
        '.hidden/server.js': app,
        '.github/workflows/ci.yml': 'on: push\njobs:\n  test:\n    runs-on: x\n    steps:\n      - run: npm ci\n      - run: npm test\n',
      }),
      { only: [], skip: [], with: ['ci-trace-gate'] },
      workbench,
    );
    expect(made.files.map(({ file }) => file).filter((file) => !/package\.json$|instrumentation|vendor/.test(file))).toEqual([
      '.github/workflows/ci.yml',
      'api/index.js',
    ]);
  });
});
