import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, readFolder, runCli } from '../../tests/harness/run-cli.ts';

const app = "const express = require('express');\nconst app = express();\napp.get('/', (req, res) => res.end());\napp.listen(3000);\n";
const manifest = (more: object): string =>
  `${JSON.stringify({ name: 'shop', version: '1.0.0', scripts: { start: 'node index.js' }, dependencies: { express: '4.18.2' }, ...more }, undefined, 2)}\n`;
const service = { 'package.json': manifest({}), 'index.js': app };

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly words: string;
  readonly exit: number;
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  { name: 'a folder that is not there', files: {}, words: 'plan nowhere', exit: 2, says: /^TW1001 {2}Not a directory: nowhere\n/ },
  { name: 'a file instead of a folder', files: { file: 'x' }, words: 'plan file', exit: 2, says: /^TW1001 {2}Not a directory: file\n/ },
  { name: 'an empty folder', files: {}, words: 'plan', exit: 2, says: /^TW1002 {2}No package.json found: \.\n/ },
  { name: 'no package.json', files: { 'index.js': app }, words: 'plan .', exit: 2, says: /^TW1002 / },
  { name: 'no entry', files: { 'package.json': '{ "name": "shop" }\n' }, words: 'plan', exit: 3, says: /^TW2002 / },
  {
    name: 'a package.json that is no JSON',
    files: { ...service, 'package.json': '{ "name": \n' },
    words: 'plan',
    exit: 2,
    says: /^TW1003 {2}A package\.json could not be read: package\.json: /,
  },
  {
    name: 'a Node.js nobody supports',
    files: { ...service, 'package.json': manifest({ engines: { node: '8.x' } }) },
    words: 'plan',
    exit: 2,
    says: /^TW1050 {2}A Node\.js version that cannot be traced: .*8\.x in package\.json.*\n {2}next {3}Move the service to Node\.js 14/,
  },
  {
    name: 'an unknown codemod',
    files: service,
    words: 'plan --only nothing-here',
    exit: 3,
    says: /^TW2011 {2}Unknown codemod: nothing-here\n/,
  },
  { name: 'a plan file that is not there', files: service, words: 'apply --yes --plan plan.json', exit: 2, says: /^TW1074 .*plan\.json/ },
  {
    name: 'a plan file that is no plan',
    files: { ...service, 'plan.json': 'x' },
    words: 'apply --yes --plan plan.json',
    exit: 3,
    says: /^TW2020 .*plan\.json/,
  },
  {
    name: 'a plan that was edited',
    files: { ...service, 'plan.json': '{"hash":"0","options":{"only":[],"skip":[]}}' },
    words: 'apply --yes --plan plan.json',
    exit: 3,
    says: /^TW2020 /,
  },
  { name: 'nobody to ask', files: service, words: 'apply', exit: 2, says: /^TW1073 .*files would change/ },
  { name: 'nothing to undo', files: service, words: 'undo', exit: 3, says: /^TW2010 / },
  { name: 'a plan that cannot be saved', files: service, words: 'plan --out nowhere/plan.json', exit: 2, says: /^TW1074 .*nowhere/ },
  { name: 'a verification of nothing', files: service, words: 'verify', exit: 3, says: /^TW2100 / },
  { name: 'a record of nothing', files: service, words: 'record', exit: 3, says: /^TW2100 / },
  {
    name: 'a timeout in words',
    files: { ...service, 'tracewright.yaml': '' },
    words: 'verify --timeout soon',
    exit: 2,
    says: /^TW1072 .*soon/,
  },
  {
    name: 'packages that are not installed',
    files: { ...service, '.tracewright/receipt.json': '{}' },
    words: 'verify --timeout 5',
    exit: 4,
    says: /^TW3002 .*express/,
  },
  {
    name: 'an unknown example',
    files: {},
    words: 'demo --example nothing',
    exit: 2,
    says: /^TW1076 .*nothing; there are .*legacy-express/,
  },
];

test.concurrent.each(cases)('$name: code, sentence, next step, nothing written', async ({ files, words, exit, says }) => {
  const cwd = makeFolder(files);
  const run = await runCli(words.split(' '), { cwd });
  expect(run.stderr).toMatch(says);
  expect(run.stderr).toMatch(/^TW\d{4} {2}[A-Z][^\n]+\n {2}next {3}[^\n]+\n$/);
  expect(run.exit).toBe(exit);
  expect(readFolder(cwd)).toEqual(files);
});

test('what is too old to be traced is planned for a newer Node.js, and nothing is applied', async () => {
  const files = { ...service, 'package.json': manifest({ engines: { node: '8.x' } }) };
  const cwd = makeFolder(files);
  const shown = await runCli(['plan', '--diff'], { cwd });
  expect(shown.stdout).toMatch(/^Nothing can be applied yet: this is what would change on Node\.js 22\n/);
  expect(shown.stdout).toMatch(/\n\+require\('\.\/instrumentation\.cjs'\);\n/);
  expect(shown.stderr).toMatch(/^TW1050 [^\n]+\n {2}next [^\n]+first in package\.json:\d+, then plan again\.\n$/);
  const applied = await runCli(['apply', '--yes', '--allow-dirty'], { cwd });
  expect([shown.exit, applied.exit, applied.stderr.slice(0, 6)]).toEqual([2, 2, 'TW1050']);
  expect(readFolder(cwd)).toEqual(files);
});

test('a file with a syntax error is left alone and named, the rest is planned', async () => {
  const cwd = makeFolder({ ...service, 'broken.js': "const express = require('express');\nmodule.exports = (app) => {\n" });
  const { exit, stdout } = await runCli(['plan'], { cwd });
  expect(exit).toBe(0);
  expect(stdout).toMatch(/TW2017 {2}A source file cannot be parsed: broken\.js/);
  expect(stdout).toMatch(/ index\.js +\+/);
});

test('a stack trace is shown only when TRACEWRIGHT_DEBUG asks for it', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'tracewright-cli-'));
  const quiet = await runCli(['plan'], { cwd });
  const loud = await runCli(['plan'], { cwd, env: { TRACEWRIGHT_DEBUG: '1' } });
  expect([quiet.stderr.includes('    at '), loud.stderr.includes('    at ')]).toEqual([false, true]);
});
