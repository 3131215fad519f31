import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { findProcesses, untilEnded } from '../src/verify/run/processes.ts';
import { makeFolder } from './harness/run-cli.ts';
import { tsxLoader } from './harness/tsx-loader.ts';

const source = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const otlp = readFileSync(source('src/verify/fixtures/traced-by-hand/otlp.js'), 'utf8');

/** Ends at nothing but SIGKILL. */
const stubborn = "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {}); setInterval(() => {}, 1e6);\n";
const daemon = "require('child_process').spawn(process.execPath, ['daemon.js'], { detached: true, stdio: 'ignore' }).unref();\n";
const receipt =
  '{"format":1,"applied":[{"plan":"x","version":"0.1.0","options":{"only":[],"skip":[]},"codemods":["otel-load"]}],"files":[],"locks":[],"folders":[]}';

/** A program that does not answer, or a build that does not end, and a daemon below it. */
function makeShop(what: 'program' | 'build'): string {
  const server = `${stubborn}${daemon}require('http').createServer(() => {}).listen(process.env.PORT);\n`;
  const build = what === 'build' ? ', build: node build.js' : '';
  return makeFolder({
    'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }\n',
    'otlp.js': otlp,
    'server.js': server,
    'build.js': `${stubborn}${daemon}`,
    'daemon.js': stubborn,
    'tracewright.yaml': `version: 1\nservices: [{ name: shop, command: node server.js${build} }]\nscenarios: [{ name: default, requests: [GET /] }]\n`,
    '.tracewright/receipt.json': receipt,
  });
}

function startCli(words: readonly string[], cwd: string): ChildProcess {
  const child = spawn(process.execPath, ['--import', tsxLoader, source('src/cli/main.ts'), ...words], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], SHOP_TEST: cwd },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Everything that was started for this test carries its mark; esbuild translates our own sources. */
const started = (mark: string): ReturnType<typeof findProcesses> =>
  findProcesses({ group: undefined, mark: `SHOP_TEST=${mark}` }).filter(({ command }) => !/main\.[tj]s|esbuild/.test(command));

async function untilStarted(mark: string): Promise<void> {
  const isThere = (): boolean => started(mark).some(({ command }) => command === 'node daemon.js' || / daemon\.js$/.test(command));
  expect(await untilEnded(() => (isThere() ? [] : [{ pid: 0, parent: 0, command: '' }]), 60_000)).toBe(true);
}

/** A loaded machine runs our own process late as well. */
const soonMs = 2_000 * Number(process.env['TRACEWRIGHT_TEST_PATIENCE'] ?? 1);

async function expectEnded(mark: string, cancel: () => void): Promise<void> {
  await untilStarted(mark);
  const begun = performance.now();
  cancel();
  await untilEnded(() => started(mark), 20_000);
  expect(started(mark)).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(soonMs);
}

/** One call of `verify` to a server, and what it takes to call it off. */
function callVerify(server: ChildProcess): (method: string, params: object) => void {
  const send = (message: object): void => void server.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'test', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } });
  server.stdout?.once('data', () => {
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/call', params: { name: 'verify', arguments: { root: '.' } } });
  });
  return (method, params) => send({ method, params });
}

test.each(['program', 'build'] as const)('Ctrl-C while a %s runs ends all of it within 2 s', { timeout: 120_000 }, async (what) => {
  const cwd = makeShop(what);
  const child = startCli(['verify'], cwd);
  await expectEnded(cwd, () => child.kill('SIGINT'));
  expect(await once(child, 'close')).toEqual([4, null]);
});

test.each(['program', 'build'] as const)(
  'notifications/cancelled while a %s runs ends all of it within 2 s',
  { timeout: 120_000 },
  async (what) => {
    const cwd = makeShop(what);
    const server = startCli(['mcp'], cwd);
    const notify = callVerify(server);
    await expectEnded(cwd, () => notify('notifications/cancelled', { requestId: 2 }));
    server.stdin?.end();
    await once(server, 'close');
  },
);

test.each([
  ['the call waits', []],
  ['the call was answered', ['--wait', '0']],
])('a pipe that is closed while %s ends all of it within 2 s', { timeout: 120_000 }, async (_name, words) => {
  const cwd = makeShop('program');
  const server = startCli(['mcp', ...words], cwd);
  callVerify(server);
  await expectEnded(cwd, () => server.stdin?.end());
});
