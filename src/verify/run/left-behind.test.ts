import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tsxLoader } from '../../../tests/harness/tsx-loader.ts';
import { makeRepo } from '../fixtures/test-repo.ts';
import { startProbeServer } from './probe-server.ts';
import { findProcesses, type Launch, untilEnded } from './processes.ts';
import { startProgram } from './program.ts';
import { runCommand } from './run-command.ts';

const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

const stubborn = "process.on('SIGTERM', () => {}); require('fs').writeFileSync('up', ''); setInterval(() => {}, 1e6);";

/** Ways of not ending with the program, each with what is named afterwards: a fork has the words of its shell until it becomes the other. */
const leftovers: readonly (readonly [what: string, shell: string, named: RegExp])[] = [
  ['a background process of the shell that gave its output away', 'sleep 1111 >/dev/null 2>&1 & touch up', /\bsleep 1111\b/],
  ['a process in a session of its own', 'setsid sleep 2222 >/dev/null 2>&1 & touch up', /\bsleep 2222\b/],
  ['a double fork', '( (setsid sleep 3333 >/dev/null 2>&1 &) & ) ; touch up', /\bsleep 3333\b/],
  ['a Node.js daemon that ignores SIGTERM', 'setsid node stubborn.js >/dev/null 2>&1 &', /^node stubborn\.js$/],
  ['one of the group that cleared its environment', 'env -i /bin/sleep 4444 >/dev/null 2>&1 & touch up', /sleep 4444\b/],
];

const files = {
  'stubborn.js': stubborn,
  'server.js': `const { execSync } = require('child_process');
const { existsSync } = require('fs');
execSync(process.env.LEAVE, { stdio: 'ignore', shell: '/bin/sh' });
const server = require('http').createServer((q, r) => r.end());
(function wait() { existsSync('up') ? server.listen(0) : setTimeout(wait, 5); })();`,
};

describe.skipIf(process.platform === 'win32').each(leftovers)('%s', (_what, shell, named) => {
  it('is ended and named when a program left it', async () => {
    const cwd = makeRepo(files, 'none');
    const probes = await startProbeServer();
    onTestFinished(() => probes.close());
    const program = startProgram({ service: 'x', command: 'node server.js', cwd, env: { ...env, LEAVE: shell } }, probes);
    onTestFinished(() => program.kill());
    await program.ready(20_000);
    const { leftBehind, early } = await program.stop(5_000);
    expect(leftBehind).toEqual([expect.stringMatching(named)]);
    expect(early).toBe(false);
    expect(findProcesses({ group: undefined, mark: probes.mark('x') })).toEqual([]);
  });

  it('is ended and named when a command left it', async () => {
    const cwd = makeRepo(files, 'none');
    const mark = `TRACEWRIGHT_TESTS=${cwd}`;
    const command = `${shell}${shell.endsWith('&') ? '' : ';'} while [ ! -e up ]; do sleep 0.01; done`;
    const end = await runCommand(['sh', '-c', command], {
      cwd,
      env: { ...env, TRACEWRIGHT_TESTS: cwd },
      mark,
      output: 'as it is',
      stopMs: 50,
      timeoutMs: 20_000,
    });
    expect(end).toMatchObject({ code: 0, stopped: undefined, leftBehind: [expect.stringMatching(named)] });
    expect(findProcesses({ group: undefined, mark })).toEqual([]);
  });
});

const detached = `spawn('sleep', ['5555'], { detached: true, stdio: 'ignore', ENV }).unref();`;
const launcher = `const { spawn } = require('child_process');
const server = require('http').createServer((q, r) => r.end());
START
server.listen(0);`;

describe.skipIf(process.platform === 'win32').each([
  ['with the environment of the program', detached.replace(', ENV', '')],
  ['with an environment of its own', detached.replace('ENV', 'env: { PATH: process.env.PATH }')],
  ['with an empty environment', detached.replace("'sleep'", "'/bin/sleep'").replace('ENV', 'env: {}')],
  [
    'that is started at the end',
    `process.once('SIGTERM', () => { ${detached.replace('ENV', 'env: { PATH: process.env.PATH }')} process.exit(); });`,
  ],
])('a detached child %s', (_what, start) => {
  it('is ended and named', async () => {
    const cwd = makeRepo({ 'server.js': launcher.replace('START', () => start) }, 'none');
    const probes = await startProbeServer();
    onTestFinished(() => probes.close());
    const program = startProgram({ service: 'x', command: 'node server.js', cwd, env }, probes);
    onTestFinished(() => program.kill());
    await program.ready(20_000);
    const { leftBehind } = await program.stop(5_000);
    expect(leftBehind).toEqual(['sleep 5555']);
  });
});

describe('a command', () => {
  const options = (cwd: string) => ({ cwd, env: { ...env, MARK: cwd }, mark: `MARK=${cwd}`, output: 'kept', stopMs: 50 }) as const;

  it('that never ends is ended with all it started, though it ignores SIGTERM', async () => {
    const cwd = makeRepo(files, 'none');
    const end = await runCommand(['setsid node stubborn.js & node stubborn.js'], { ...options(cwd), timeoutMs: 700 });
    expect(end).toMatchObject({ stopped: 'time', code: null });
    expect(end.leftBehind.filter((each) => each === 'node stubborn.js')).toHaveLength(2);
    expect(findProcesses({ group: undefined, mark: `MARK=${cwd}` })).toEqual([]);
  });

  it('is ended on abort', async () => {
    const cwd = makeRepo(files, 'none');
    const end = await runCommand(['node stubborn.js'], { ...options(cwd), timeoutMs: 20_000, signal: AbortSignal.timeout(400) });
    expect(end.stopped).toBe('abort');
  });

  it('that cannot be started says so, and keeps what it printed last', async () => {
    const cwd = makeRepo({}, 'none');
    const missing = await runCommand(['no-such-program'], { ...options(cwd), output: 'as it is', timeoutMs: 5_000 });
    expect(missing.failure?.message).toMatch(/ENOENT/);
    const failing = await runCommand(['echo first; echo second >&2; exit 3'], { ...options(cwd), timeoutMs: 5_000 });
    expect(failing).toMatchObject({ code: 3, failure: undefined, output: expect.stringMatching(/first[\s\S]*second/) });
  });
});

it('a program ends when whoever started it was killed', async () => {
  const cwd = makeRepo({ 'server.js': "require('http').createServer(() => {}).listen(0, () => console.log('up'))" }, 'none');
  mkdirSync(join(cwd, 'starter'));
  const source = `import { startProbeServer } from ${JSON.stringify(new URL('./probe-server.ts', import.meta.url).href)};
import { startProgram } from ${JSON.stringify(new URL('./program.ts', import.meta.url).href)};
const probes = await startProbeServer();
const program = startProgram({ service: 'x', command: 'node server.js', cwd: ${JSON.stringify(cwd)}, env: process.env }, probes);
await program.ready(20_000);
console.log(probes.mark('x'));`;
  const starter = spawn(process.execPath, ['--import', tsxLoader, '--input-type=module', '-e', source], {
    cwd: join(cwd, 'starter'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(starter.stdout, 'data');
  const launch: Launch = { group: undefined, mark: String(line).trim() };
  expect(findProcesses(launch).map(({ command }) => command)).toContain('node server.js');
  starter.kill('SIGKILL');
  expect(await untilEnded(() => findProcesses(launch), 5_000)).toBe(true);
});
