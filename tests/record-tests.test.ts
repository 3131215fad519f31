import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import type { CaptureReport } from '../src/capture/index.ts';
import { readFolder, runCli } from './harness/run-cli.ts';

const examples = fileURLToPath(new URL('../examples', import.meta.url));
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function checkOut(name: string): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), `tracewright-${name}-`));
  folders.push(cwd);
  cpSync(join(examples, name), cwd, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], { cwd });
  return cwd;
}

const folderOf = (cwd: string): string => join(cwd, '.tracewright');
const command = ['--', 'npm', 'test'];

const repositories = ['tests-vitest', 'tests-jest', 'tests-node', 'tests-mocha'];
const orders = [
  ['orders > an order is found', ['GET /orders/1']],
  ['orders > an order is stored and read again', ['GET /orders/2', 'POST /orders']],
  ['orders > an unknown order is not found', ['GET /orders/8', 'GET /orders/9']],
];
/** Mocha runs CommonJS and ES modules side by side. */
const expected = (name: string): unknown[] =>
  name === 'tests-mocha' ? [['as an ES module > finds an order, too', ['GET /orders/1']], ...orders] : orders;

describe.concurrent.each(repositories)('record -- npm test in %s', (name) => {
  test('gives one golden trace per test, finds a changed span, and updates it', { timeout: 300_000 }, async () => {
    const cwd = await checkOut(name);
    const committed = readFolder(folderOf(cwd));
    expect(Object.keys(committed)).toHaveLength(expected(name).length);

    rmSync(folderOf(cwd), { recursive: true });
    const recorded = await runCli(['record', '--json', ...command], { cwd });
    expect(recorded, recorded.stderr).toMatchObject({ exit: 0 });
    const report: CaptureReport = JSON.parse(recorded.stdout);
    expect(report.tests.map((each) => [each.test, each.requests.map(({ request }) => request).sort()])).toEqual(expected(name));
    expect(report).toMatchObject({ outside: [{}], strangers: [], leftBehind: [] });
    expect(readFolder(folderOf(cwd))).toEqual(committed);

    const server = join(cwd, 'server.js');
    writeFileSync(server, readFileSync(server, 'utf8').replace("'store order'", "'save order'"));
    const verified = await runCli(['verify', '--frozen', ...command], { cwd });
    expect(verified.exit).toBe(4);
    expect(verified.stdout).toMatch(/orders INTERNAL store order .*renamed to orders INTERNAL save order/);
    const refused = await runCli(['verify', '--update', ...command], { cwd, env: { CI: 'true' } });
    expect(refused).toMatchObject({ exit: 4, stderr: expect.stringMatching(/^(.*\n)*TW3008 /) });
    expect(readFolder(folderOf(cwd))).toEqual(committed);

    const updated = await runCli(['verify', '--update', ...command], { cwd });
    expect(updated).toMatchObject({ exit: 0, stdout: expect.stringMatching(/recorded: 1\n[\s\S]*renamed to orders INTERNAL save order/) });
    expect(await runCli(['verify', '--frozen', ...command], { cwd })).toMatchObject({ exit: 0 });
  });
});

test('the assertions work in CommonJS tests of Jest, without a flag', { timeout: 120_000 }, async () => {
  const cwd = await checkOut('tests-jest');
  symlinkSync(fileURLToPath(new URL('..', import.meta.url)), join(cwd, 'node_modules/tracewright'), 'junction');
  writeFileSync(
    join(cwd, 'test/orders.test.js'),
    `const { expectTrace, startProgram, startReceiver } = require('tracewright/testing');
test('one order', async () => {
  const receiver = await startReceiver();
  const orders = await startProgram({ command: 'npm start', receiver });
  const reply = await orders.request('/orders/1');
  await orders.stop();
  await expect(reply).toBeOneTrace();
  await expect(reply).not.toHaveSpan('nothing');
  await expectTrace(reply).toHaveSpan('orders SERVER GET /orders/:id');
  await receiver.close();
  await expect(expect(reply).toHaveSpan('no such span')).rejects.toThrow('no span is no such span');
}, 60000);
`,
  );
  const words = ['jest', '--setupFilesAfterEnv', 'tracewright/testing/jest'];
  const { stderr } = await promisify(execFile)('npx', words, { cwd, env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } });
  expect(stderr).toContain('1 passed');
});

test('every example with tests has a lock file of the public registry', () => {
  for (const name of repositories) {
    expect(existsSync(join(examples, name, 'package-lock.json'))).toBe(true);
    const lock = readFileSync(join(examples, name, 'package-lock.json'), 'utf8');
    for (const [, host] of lock.matchAll(/"resolved": "https:\/\/([^/]+)/g)) expect(host).toBe('registry.npmjs.org');
  }
});
