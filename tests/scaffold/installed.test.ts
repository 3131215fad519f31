import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder, readFolder, runCli } from '../harness/run-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'tracewright-installed-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
let env: Readonly<Record<string, string | undefined>>;

/** The package as npm packs it, installed where nothing else is. */
beforeAll(() => {
  const npm = (...words: string[]): string =>
    execFileSync('npm', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [packed] = JSON.parse(npm('pack', '--ignore-scripts', '--json', '--pack-destination', home)) as [{ filename: string }];
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  npm('install', '--prefix', home, '--no-audit', '--no-fund', '--prefer-offline', join(home, packed.filename));
  // Until the package is on a registry, `npx tracewright` stands for the program that is here.
  writeFileSync(join(home, 'npx'), `#!/bin/sh\nname="$1"; shift\nexec "${join(home, 'node_modules/.bin')}/$name" "$@"\n`);
  chmodSync(join(home, 'npx'), 0o755);
  const path = [home, join(home, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  // On CI `record` changes no golden trace.
  env = { ...process.env, ...identity, PATH: path, CI: undefined, NODE_ENV: undefined };
}, 240_000);

test('the installed package writes what the repository writes, dot files too, twice the same, and undo takes all of it', {
  timeout: 120_000,
}, async () => {
  const [one, other, here] = [makeFolder({}), makeFolder({}), makeFolder({})];
  const words = ['new', 'nest-ts', 'orders', '--yes', '--node', '24', '--no-git'];
  for (const cwd of [one, other]) execFileSync('tracewright', words, { cwd, env });
  await runCli(words, { cwd: here });
  expect(existsSync(join(one, 'orders/.gitignore'))).toBe(true);
  expect(existsSync(join(one, 'orders/.github/workflows/ci.yml'))).toBe(true);
  expect(readFolder(one)).toEqual(readFolder(other));
  expect(readFolder(one)).toEqual(readFolder(here));
  execFileSync('tracewright', ['undo', 'orders', '--yes'], { cwd: one, env });
  expect(readdirSync(join(one, 'orders'))).toEqual([]);
});

test('the commands of the README, as printed, end with a route of one’s own in a golden trace', { timeout: 400_000 }, () => {
  const section = /## A new service\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'));
  const commands = section?.[1] ?? '';
  expect(commands.split('\n').length).toBeGreaterThan(5);
  const cwd = makeFolder({});
  execFileSync('sh', ['-ec', commands], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const golden = JSON.parse(readFileSync(join(cwd, 'orders/.tracewright/golden/orders.json'), 'utf8'));
  expect(golden.traces.at(-1)).toMatchObject({
    request: 'GET /items/1',
    spans: [{ kind: 'SERVER', name: 'GET /items/:id', attributes: { 'http.route': '/items/:id', 'http.response.status_code': 200 } }],
  });
});
