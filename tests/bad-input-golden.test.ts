import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeFolder, runCli } from './harness/run-cli.ts';

const fixture = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../src/verify/fixtures/traced-by-hand/${file}`, import.meta.url)), 'utf8');
const setup = `version: 1
services:
  - name: shop
    command: node server.js
scenarios:
  - { name: default, requests: [GET /hello] }
`;
const golden = '.tracewright/golden/default.json';

function makeShop(files: Readonly<Record<string, string>> = {}): string {
  const manifest = '{ "name": "shop", "scripts": { "start": "node server.js" } }\n';
  return makeFolder({
    'package.json': manifest,
    'otlp.js': fixture('otlp.js'),
    'server.js': fixture('server.js'),
    'tracewright.yaml': setup,
    ...files,
  });
}

describe('a golden trace edited into nonsense', () => {
  const whole = `{"version":1,"scenario":"default","traces":[{"request":"GET /hello","spans":[]}]}`;
  test.concurrent.each([
    ['no JSON', '{', 'it is not JSON'],
    ['a merge conflict', `<<<<<<< mine\n${whole}`, 'it holds the marks of a merge conflict'],
    ['another version', whole.replace('1', '2'), 'its "version" is not 1'],
    ['another scenario', whole.replace('default', 'other'), 'its "scenario" is "other"'],
    ['another shape', whole.replace('"spans"', '"span"'), 'traces[0] has the unknown key "span"; did you mean "spans"?'],
  ])('%s: TW3050 and the place; verify writes nothing, record writes it anew', async (_what, text, says) => {
    const cwd = makeShop({ [golden]: text });
    const run = await runCli(['verify'], { cwd });
    expect(run.exit).toBe(4);
    expect(run.stderr).toMatch(/^TW3050 {2}A golden trace cannot be read: \.tracewright\/golden\/default\.json: .*\n {2}next {3}.*\n$/);
    expect(run.stderr).toContain(says);
    expect(readFileSync(join(cwd, golden), 'utf8')).toBe(text);
  });

  test('a pattern with a typing error: the difference says what was meant', async () => {
    const cwd = makeShop();
    expect(await runCli(['record'], { cwd })).toMatchObject({ exit: 0 });
    const file = join(cwd, golden);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"GET /hello",\n          "scope"', '"GET <anyy>",\n          "scope"'));
    const run = await runCli(['verify'], { cwd });
    expect(run).toMatchObject({ exit: 4, stdout: expect.stringContaining('<anyy> is no pattern; did you mean <any>?') });
  });
});

describe('a scenario with mistakes', () => {
  test.concurrent.each([
    [
      'an unknown key',
      ['command: node', 'comand: node'],
      'tracewright.yaml:4 services[0].comand is not a known key; .*did you mean command\\?',
    ],
    ['a list that is text', ['[GET /hello]', 'GET /hello'], 'tracewright.yaml:6 scenarios\\[0\\].requests is not a list'],
    ['an unknown method', ['GET /hello', 'GETT /hello'], 'is not one of GET, .*; did you mean GET\\?'],
    ['no YAML', ['version: 1', 'version: ['], 'tracewright.yaml:\\d+ '],
    [
      'an unknown scenario key',
      ['requests:', 'request:'],
      'tracewright.yaml:6 scenarios\\[0\\].request is not a known key; .*did you mean requests\\?',
    ],
  ] as const)('%s: TW3006 and the line', async (_what, [from, to], says) => {
    const run = await runCli(['record'], { cwd: makeShop({ 'tracewright.yaml': setup.replace(from, to) }) });
    expect(run.exit).toBe(4);
    expect(run.stderr).toMatch(
      new RegExp(`^TW3006 {2}tracewright\\.yaml is not valid: .*${says.replace('services[0].', 'services\\[0\\]\\.')}`),
    );
    expect(run.stderr).toMatch(/\n {2}next {3}.*\n$/);
  });
});
