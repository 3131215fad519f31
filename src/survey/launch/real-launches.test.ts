import { expect, it } from 'vitest';
import { memoryRepo } from '../../../tests/harness/memory-repo.ts';
import type { Survey } from '../../contract/index.ts';
import { takeSurvey } from '../index.ts';

const server = "require('http').createServer(() => {}).listen(3000);\n";

function surveyOf(files: Readonly<Record<string, string | object>>): Survey {
  const texts = Object.entries(files).map(([file, text]) => [file, typeof text === 'string' ? text : JSON.stringify(text, null, 2)]);
  return takeSurvey(memoryRepo(Object.fromEntries(texts)));
}

function startsOf(files: Readonly<Record<string, string | object>>): readonly string[] {
  return surveyOf(files).services.flatMap(({ launches }) => launches.map(({ kind, name, entry }) => `${kind} ${name}: ${entry ?? '?'}`));
}

it.each([
  ['bun src/index.ts', '`bun src/index.ts` runs on Bun, not on Node.js'],
  ['bun run --watch src/index.ts', '`bun run --watch src/index.ts` runs on Bun, not on Node.js'],
  ['deno run -A src/index.ts', '`deno run -A src/index.ts` runs on Deno, not on Node.js'],
])('says that another runtime runs the program: %s', (start, said) => {
  const found = surveyOf({ 'package.json': { name: 'a', scripts: { start } }, 'src/index.ts': server });
  expect(found.services).toEqual([]);
  expect(found.problems.map(({ code, detail }) => `${code} ${detail}`)).toEqual([`TW1007 start: ${said}`]);
});

it('follows `bun run` to a script that calls Node', () => {
  const scripts = { start: 'bun run serve', serve: 'node app.js' };
  expect(startsOf({ 'package.json': { name: 'a', scripts }, 'app.js': server })).toEqual(['script start: app.js', 'script serve: app.js']);
});

const projects = (executor: string, options: object = {}): Record<string, string | object> => ({
  'nx.json': {},
  'package.json': { name: 'shop', scripts: { start: 'nx serve api' } },
  'apps/api/project.json': { name: 'api', targets: { build: { executor, options: { main: 'apps/api/src/main.ts', ...options } } } },
  'apps/api/src/main.ts': server,
});

it.each([
  ['@nx/webpack:webpack', { target: 'node' }, ['script start: apps/api/src/main.ts']],
  ['@nx/webpack:webpack', { target: 'web' }, []],
  ['@nx/webpack:webpack', {}, []],
  ['@nx/angular:webpack-browser', {}, []],
  ['@angular-devkit/build-angular:browser-esbuild', {}, []],
  ['@nx/esbuild:esbuild', {}, ['script start: apps/api/src/main.ts']],
  ['@nrwl/node:webpack', {}, ['script start: apps/api/src/main.ts']],
])('takes what Nx builds for Node.js, not for browsers: %s %j', (executor, options, starts) => {
  expect(startsOf(projects(executor, options))).toEqual(starts);
});

it.each([
  ['project.json', { name: 'api', targets: { serve: { executor: 'nx:run-commands', options: { command: 'node apps/api/app.js' } } } }],
  ['project.json', { name: 'api', targets: { serve: { command: 'node app.js', options: { cwd: '{projectRoot}' } } } }],
  ['package.json', { name: 'api', nx: { targets: { serve: { command: 'node apps/api/app.js' } } } }],
  ['package.json', { name: 'api', scripts: { serve: 'node app.js' } }],
])('follows the command of an Nx target in %s: %j', (file, text) => {
  const files = { 'nx.json': {}, 'package.json': { name: 'shop', workspaces: ['apps/*'], scripts: { start: 'nx serve api' } } };
  expect(startsOf({ ...files, [`apps/api/${file}`]: text, 'apps/api/app.js': server })).toContain('script start: apps/api/app.js');
});

it('reads past what a COPY writes itself', () => {
  const text = 'FROM node:20\nWORKDIR /srv\nCOPY . .\nCOPY <<EOF /srv/db.json\n{\n  "a": [\n    "b"\n  ]\n}\nEOF\nCMD ["node", "app.js"]\n';
  const found = surveyOf({ 'package.json': { name: 'a' }, 'app.js': server, Dockerfile: text });
  const copies = found.dockerfiles[0]?.stages[0]?.instructions.filter(({ keyword }) => keyword === 'COPY');
  expect(copies?.map((each) => each.arguments)).toEqual([
    ['.', '.'],
    ['<<EOF', '/srv/db.json'],
  ]);
});

it('reads a devcontainer with comments', () => {
  const text =
    '// For format details see https://aka.ms\n{\n\t"name": "a", /* here */\n\t"image": "mcr.microsoft.com/devcontainers/javascript-node:20",\n}\n';
  const found = surveyOf({ 'package.json': { name: 'a' }, 'app.js': server, '.devcontainer/devcontainer.json': text });
  expect(found.problems).toEqual([]);
  expect(found.packages[0]?.node?.evidence).toEqual({ file: '.devcontainer/devcontainer.json', line: 4 });
});

it('takes an image that a digest names for no version at all', () => {
  const files = { 'package.json': { name: 'a', engines: { node: '20' } }, 'app.js': server };
  expect(surveyOf({ ...files, Dockerfile: 'FROM chainguard/node@sha256:abc\n' }).problems).toEqual([]);
});

it.each([
  ['webpack', 'node server', true],
  ['webpack', 'node dist/server', false],
])('leaves a browser bundle aside: %s, %s', (build, start, isSource) => {
  const files = { 'package.json': { name: 'a', scripts: { build, start } }, 'server/index.js': server };
  expect(surveyOf(files).packages[0]?.build === undefined).toBe(isSource);
});
