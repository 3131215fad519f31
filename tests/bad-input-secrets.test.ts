import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFolder, readFolder, runCli } from './harness/run-cli.ts';

const fixture = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../src/verify/fixtures/traced-by-hand/${file}`, import.meta.url)), 'utf8');
const secrets = ['correct-horse', 'from-the-file-1', 'of-the-service-2', 'in-the-url-3', 'eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM'];

/** A traced program that prints every secret it has, on stdout and stderr, in a span name, an attribute, an event and a log. */
const leaky = `${fixture('server.js')}
const all = ['DB_PASSWORD', 'FILE_TOKEN', 'SERVICE_SECRET', 'DATABASE_URL'].map((name) => process.env[name]).join(' ') + ' eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM';
console.log(all); console.error('cannot connect: ' + all);
const start = otlp.startSpan;
otlp.startSpan = (...given) => { const span = start(...given); const end = span.end; span.end = (name, facts, status) => end(name + ' ' + all, { ...facts, 'shop.note': all }, status); return span; };
`;

function makeShop(server: string): string {
  const yaml = `version: 1
attributes: [shop.note]
services:
  - name: shop
    command: node --env-file=.env server.js
    env: { SERVICE_SECRET: of-the-service-2 }
scenarios:
  - { name: default, requests: [GET /hello] }
`;
  const manifest = '{ "name": "shop", "scripts": { "start": "node server.js" } }\n';
  const files = { 'package.json': manifest, 'otlp.js': fixture('otlp.js'), 'server.js': server, 'tracewright.yaml': yaml };
  return makeFolder({ ...files, '.env': 'FILE_TOKEN=from-the-file-1\n' });
}

const env = { DB_PASSWORD: 'correct-horse', DATABASE_URL: 'postgres://shop:in-the-url-3@db/shop' };

function leaks(text: string): string[] {
  return secrets.filter((secret) => text.includes(secret));
}

test('a program that prints secrets: none lands in a golden trace, a report, a difference or JSON', async () => {
  const cwd = makeShop(leaky);
  const recorded = await runCli(['record', '--json'], { cwd, env });
  expect(recorded, recorded.stdout).toMatchObject({ exit: 0 });
  expect(leaks(recorded.stdout + recorded.stderr)).toEqual([]);
  const golden = readFolder(join(cwd, '.tracewright'))['golden/default.json'] ?? '';
  expect(golden).toContain('GET /hello <secret> <secret> <secret>');
  expect(leaks(golden)).toEqual([]);

  const elsewhere = await runCli(['verify', '--frozen'], { cwd, env: { ...env, DB_PASSWORD: 'another-one-here' } });
  expect(elsewhere, elsewhere.stdout).toMatchObject({ exit: 0 });

  const differs = await runCli(['verify', '--report'], { cwd, env: { ...env, LOSE: '/hello' } });
  expect(differs.exit).toBe(4);
  const verified = await runCli(['verify', '--report', 'page.html', '--json'], { cwd, env });
  expect(leaks(verified.stdout + verified.stderr + readFileSync(join(cwd, 'page.html'), 'utf8'))).toEqual([]);
  expect(leaks(differs.stdout + differs.stderr + readFileSync(join(cwd, '.tracewright/report.html'), 'utf8'))).toEqual([]);
});

test.each([
  ['ends early', 'process.exit(1);', /^TW3003 .*ended with 1\n {4}cannot connect: <secret> <secret>/],
  ['never listens', 'server.close(); setInterval(() => {}, 1e6);', /^TW3004 /],
])('a program that prints secrets and %s: none lands in the error', async (_how, end, says) => {
  const server = leaky.replace(/server\.listen\(.*\n/, '');
  const run = await runCli(['verify', '--timeout', '1'], { cwd: makeShop(`${server}${end}`), env });
  expect(run.stderr).toMatch(says);
  expect(leaks(run.stdout + run.stderr)).toEqual([]);
});

test('a command with a secret in its words: masked in the error', async () => {
  const cwd = makeShop(leaky);
  const run = await runCli(['record', '--', 'node', '-e', 'process.exit(3)', '--', '--password=correct-horse'], { cwd, env });
  expect(run.stderr).toMatch(/^TW3030 .*--password=<secret>/);
  expect(leaks(run.stdout + run.stderr)).toEqual([]);
});
