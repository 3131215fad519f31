import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { findProcesses, untilEnded } from '../src/verify/run/processes.ts';
import { makeFolder } from './harness/run-cli.ts';
import { tsxLoader } from './harness/tsx-loader.ts';

const source = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const fixture = (file: string): string => readFileSync(source(`src/verify/fixtures/traced-by-hand/${file}`), 'utf8');

/** A traced program that never answers `/hang`, and a daemon it starts. */
function makeShop(): string {
  const server = `${fixture('server.js').replace("else if (req.url === '/boom')", "else if (req.url === '/hang') console.error('asked');\n  else if (req.url === '/boom')")}
require('child_process').spawn(process.execPath, ['daemon.js'], { detached: true, stdio: 'ignore' }).unref();
`;
  return makeFolder({
    'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }\n',
    'otlp.js': fixture('otlp.js'),
    'server.js': server,
    'daemon.js': "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6);\n",
    'tracewright.yaml': `version: 1
services: [{ name: shop }]
scenarios: [{ name: default, requests: [GET /hello, GET /hang] }]
`,
  });
}

function startCli(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, ['--import', tsxLoader, source('src/cli/main.ts'), ...words], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  return { child, said: () => text };
}

/** Everything that was started for this test carries its mark, unless it left the environment. */
const started = (mark: string): ReturnType<typeof findProcesses> =>
  findProcesses({ group: undefined, mark: `SHOP_TEST=${mark}` }).filter(({ command }) => !command.includes('main.ts'));

async function untilStarted(mark: string, command: string): Promise<void> {
  await untilEnded(() => (started(mark).some((each) => each.command === command) ? [] : [{ pid: 0, parent: 0, command }]), 20_000);
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s while recording: TW3011, everything is ended, nothing is written',
  async (signal) => {
    const cwd = makeShop();
    const { child, said } = startCli(['record'], cwd, { SHOP_TEST: cwd });
    await untilStarted(cwd, 'node daemon.js');
    child.kill(signal);
    // Once more, as an impatient person does.
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([4, null]);
    expect(said()).toMatch(/TW3011 {2}The run was stopped: .*\n {2}next {3}Everything it started was ended/);
    expect(started(cwd)).toEqual([]);
    expect(existsSync(join(cwd, '.tracewright'))).toBe(false);
  },
);

test('Ctrl-C while a test command runs: TW3011 names what was ended', async () => {
  const cwd = makeShop();
  const { child, said } = startCli(['record', '--', 'node', 'daemon.js'], cwd, { SHOP_TEST: cwd });
  await untilStarted(cwd, 'node daemon.js');
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([4, null]);
  expect(said()).toMatch(/TW3011 .*`node daemon\.js`; ended: node daemon\.js/);
  expect(started(cwd)).toEqual([]);
});

test('killed while recording: no program of Node.js stays behind', async () => {
  const cwd = makeShop();
  const { child } = startCli(['record'], cwd, { SHOP_TEST: cwd });
  await untilStarted(cwd, 'node daemon.js');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await untilEnded(() => started(cwd), 10_000)).toBe(true);
});

test('killed at any moment of writing: a golden trace is the old or the new one, never a part', async () => {
  const root = makeFolder({});
  const program = `import { writeGoldenFile } from ${JSON.stringify(new URL('../src/verify/setup/golden-files.ts', import.meta.url).href)};
import { createMasker } from ${JSON.stringify(new URL('../src/verify/setup/secrets.ts', import.meta.url).href)};
const span = (name) => ({ service: 'shop', kind: 'SERVER', name, scope: 'x' });
globalThis.armKill();
writeGoldenFile(process.argv[1], { version: 1, scenario: 'default', traces: [{ request: 'GET /', spans: [span(process.argv[2])] }] }, createMasker([]));`;
  const run = async (name: string, at: string): Promise<string | null> => {
    const words = [
      '--require',
      source('tests/harness/kill-at.cjs'),
      '--import',
      tsxLoader,
      '--input-type=module',
      '-e',
      program,
      root,
      name,
    ];
    const child = spawn(process.execPath, words, { env: { PATH: process.env['PATH'], KILL_AT: at }, stdio: 'ignore' });
    const [, signal] = await once(child, 'close');
    return signal;
  };
  expect(await run('old', '0:before')).toBeNull();
  const folder = join(root, '.tracewright/golden');
  const seen: string[] = [];
  for (let at = 1; at < 20; at += 1) {
    const signal = await run(`new-${at}`, `${at}:middle`);
    const { traces } = JSON.parse(readFileSync(join(folder, 'default.json'), 'utf8'));
    seen.push(traces[0].spans[0].name);
    if (signal === null) break;
  }
  expect(seen.length).toBeGreaterThan(3);
  expect(seen[0]).toBe('old');
  expect(readdirSync(folder)).toEqual(['default.json']);
}, 60_000);
