import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

describe.concurrent.each(['tests-vitest', 'tests-jest', 'tests-node'])('record -- npm test in %s', (name) => {
  test('gives one golden trace per test, and finds a changed span', { timeout: 120_000 }, async () => {
    const cwd = await checkOut(name);
    const committed = readFolder(folderOf(cwd));
    expect(Object.keys(committed)).toHaveLength(3);

    rmSync(folderOf(cwd), { recursive: true });
    const recorded = await runCli(['record', '--json', ...command], { cwd });
    expect(recorded, recorded.stderr).toMatchObject({ exit: 0 });
    const report: CaptureReport = JSON.parse(recorded.stdout);
    expect(report.tests.map((each) => [each.test, each.requests.map(({ request }) => request).sort()])).toEqual([
      ['orders > an order is found', ['GET /orders/1']],
      ['orders > an order is stored and read again', ['GET /orders/2', 'POST /orders']],
      ['orders > an unknown order is not found', ['GET /orders/8', 'GET /orders/9']],
    ]);
    expect(report).toMatchObject({ outside: [{}], strangers: [], leftBehind: [] });
    expect(readFolder(folderOf(cwd))).toEqual(committed);

    const server = join(cwd, 'server.js');
    writeFileSync(server, readFileSync(server, 'utf8').replace("'store order'", "'save order'"));
    const verified = await runCli(['verify', '--frozen', ...command], { cwd });
    expect(verified.exit).toBe(4);
    expect(verified.stdout).toMatch(/orders INTERNAL store order .*renamed to orders INTERNAL save order/);
    expect(readFolder(folderOf(cwd))).toEqual(committed);
  });
});

test('every example with tests has a lock file of the public registry', () => {
  for (const name of ['tests-vitest', 'tests-jest', 'tests-node']) {
    expect(existsSync(join(examples, name, 'package-lock.json'))).toBe(true);
    const lock = readFileSync(join(examples, name, 'package-lock.json'), 'utf8');
    for (const [, host] of lock.matchAll(/"resolved": "https:\/\/([^/]+)/g)) expect(host).toBe('registry.npmjs.org');
  }
});
