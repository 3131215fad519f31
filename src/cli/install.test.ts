import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeFolder, program, runCli } from '../../tests/harness/run-cli.ts';

const files = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n',
  'index.js': "require('http').createServer((req, res) => res.end()).listen(3000);\n",
};

/** A folder with a package manager in it, for PATH. */
function fakeNpm(script: string, name = 'npm'): { PATH: string } {
  const bin = makeFolder({ [name]: `#!${process.execPath}\n${script}` });
  chmodSync(join(bin, name), 0o755);
  return { PATH: `${bin}:${process.env['PATH']}` };
}

/** Puts everything that package.json declares into node_modules, by name only. */
const installing = `const fs = require('node:fs');
for (const name of Object.keys(JSON.parse(fs.readFileSync('package.json', 'utf8')).dependencies))
  fs.mkdirSync('node_modules/' + name, { recursive: true });
`;

const nextOf = (stdout: string): readonly string[] => (stdout.split('\nNext\n')[1] ?? '').split('\n').map((line) => line.trim());

test.runIf(process.platform !== 'win32')('apply again installs what is missing, and names the install while it is', async () => {
  const cwd = makeFolder(files);
  const env = fakeNpm(installing);
  await runCli(['apply', '--yes'], { cwd });
  const again = await runCli(['apply', '--yes'], { cwd });
  expect(nextOf(again.stdout)[0]).toMatch(/^npm install +install what an earlier apply added$/);
  expect(nextOf((await runCli(['plan'], { cwd })).stdout)[0]).toMatch(/^npm install /);
  expect(existsSync(join(cwd, 'node_modules'))).toBe(false);

  const installed = await runCli(['apply', '--yes', '--install'], { cwd, env });
  expect(installed).toMatchObject({ exit: 0, stderr: '' });
  expect(installed.stdout).toMatch(/^changed: 0\nWhat an earlier apply added is installed now\.$/m);
  expect(existsSync(join(cwd, 'node_modules/@tracewright/middleware'))).toBe(true);
  expect(nextOf(installed.stdout)[0]).toMatch(/ verify \. /);

  const done = JSON.parse((await runCli(['apply', '--yes', '--install', '--json'], { cwd, env })).stdout);
  expect(done).toMatchObject({ status: 'unchanged', installs: [], installed: false });
});

test.runIf(process.platform !== 'win32')('Ctrl-C in the install says what is changed and what to do next', async () => {
  const cwd = makeFolder(files);
  const env = fakeNpm("process.kill(process.ppid, 'SIGINT');\nsetInterval(() => {}, 1000);\n");
  const run = await runCli(['apply', '--yes', '--install'], { cwd, env });
  expect(run.exit).toBe(130);
  expect(run.stdout).toMatch(/^\d files are changed; the install was interrupted\.$/m);
  const [install, verify, undo] = nextOf(run.stdout);
  expect(install).toMatch(/^npm install /);
  expect(verify).toMatch(/ verify \. /);
  expect(undo).toMatch(/ undo \. +put every byte back$/);
});

test.runIf(process.platform !== 'win32')('every next line can be pasted into a shell, whatever the folder is called', async () => {
  const name = "my app é it's";
  const cwd = makeFolder({ [`${name}/package.json`]: files['package.json'], [`${name}/index.js`]: files['index.js'] });
  const applied = await runCli(['apply', name, '--yes'], { cwd });
  const [install = '', , undo = ''] = nextOf(applied.stdout).map((line) => line.replace(/ {2,}.*/, ''));
  execFileSync('sh', ['-c', install], { cwd, env: { ...process.env, ...fakeNpm(installing) } });
  expect(existsSync(join(cwd, name, 'node_modules/@tracewright/middleware'))).toBe(true);
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${undo}`], { cwd, encoding: 'utf8' })
    .trimEnd()
    .split('\n');
  expect(words.slice(-2)).toEqual(['undo', name]);
});

test.runIf(process.platform !== 'win32')(
  'undo names an install only where something of it is left, for the package manager in use',
  async () => {
    const cwd = makeFolder(files);
    await runCli(['apply', '--yes'], { cwd });
    const nothing = await runCli(['undo', '--yes'], { cwd });
    expect([nothing.exit, nothing.stdout.includes('Next')]).toEqual([0, false]);

    await runCli(['apply', '--yes', '--install'], { cwd, env: fakeNpm(installing) });
    expect(nextOf((await runCli(['undo', '--yes'], { cwd })).stdout)[0]).toMatch(/^npm install +take out what the install put there$/);

    const yarn = makeFolder({ ...files, 'yarn.lock': '__metadata:\n  version: 8\n' });
    await runCli(['apply', '--yes'], { cwd: yarn });
    writeFileSync(join(yarn, '.pnp.cjs'), '["@tracewright/middleware", "file:vendor"]\n');
    expect(nextOf((await runCli(['undo', '--yes'], { cwd: yarn })).stdout)[0]).toMatch(/^yarn install /);
  },
);

test.runIf(process.platform !== 'win32').each([
  ['pnpm', { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }, 'install --no-frozen-lockfile'],
  ['yarn', { 'yarn.lock': '__metadata:\n  version: 8\n' }, 'install --no-immutable'],
  ['yarn', { 'yarn.lock': '# yarn lockfile v1\n' }, 'install'],
])('in CI, where a lock file is frozen, %s may still change it (%j)', async (name, lock, words) => {
  const cwd = makeFolder({ ...files, ...lock });
  const env = fakeNpm("require('node:fs').writeFileSync('words', process.argv.slice(2).join(' '));\n", name);
  expect(await runCli(['apply', '--yes', '--install'], { cwd, env: { ...env, CI: 'true' } })).toMatchObject({ exit: 0 });
  expect(readFileSync(join(cwd, 'words'), 'utf8')).toBe(words);
});

test('a program that never listens is told of at intervals, and never on stdout', async () => {
  const cwd = makeFolder({
    ...files,
    'index.js': 'setInterval(() => {}, 1000);\n',
    'tracewright.yaml': 'version: 1\nservices: [{ name: shop }]\n',
  });
  const failed = promisify(execFile)(process.execPath, [...program, 'verify', '--json', '--timeout', '7'], { cwd });
  const { stdout, stderr } = await failed.catch((error) => error);
  expect(String(stderr).match(/^Starting shop: npm start --silent \.\.\.( \d+ s)?$/gm)).toEqual([
    'Starting shop: npm start --silent ...',
    expect.stringMatching(/ [67] s$/),
  ]);
  expect(JSON.parse(String(stdout))).toMatchObject({ error: { code: 'TW3004' } });
});
