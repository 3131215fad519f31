import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { asTyped, readFolder, runCli } from '../../tests/harness/run-cli.ts';
import { middlewareVersion } from '../cohort/index.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

function copyApp(example: string): string {
  const cwd = mkdtempSync(join(tmpdir(), 'tracewright-flow-'));
  cpSync(join(examples, example, 'app'), cwd, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
  return cwd;
}

function commit(cwd: string): void {
  const git = (...words: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'core.autocrlf=false', ...words], { cwd });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as it was');
}

const withoutGit = (cwd: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(readFolder(cwd)).filter(([file]) => !file.startsWith('.git/')));

test('plan says what was found, what changes and why, and what to do next', async () => {
  const run = await runCli(['plan'], { cwd: copyApp('legacy-express') });
  expect(run).toMatchObject({ exit: 0, stderr: '' });
  expect(asTyped(run.stdout).replaceAll(middlewareVersion, '<version>')).toMatchSnapshot();
});

test('plan -> apply -> apply again -> undo', async () => {
  const cwd = copyApp('legacy-express');
  commit(cwd);
  const before = withoutGit(cwd);

  const planned = await runCli(['plan', '--json', '--out', 'reviewed.json'], { cwd });
  const plan: unknown = JSON.parse(planned.stdout);
  expect(plan).toMatchObject({ tool: { name: 'tracewright' } });

  const applied = await runCli(['apply', '--plan', 'reviewed.json', '--yes'], { cwd });
  rmSync(join(cwd, 'reviewed.json'));
  expect(applied).toMatchObject({ exit: 0, stderr: '' });
  expect(applied.stdout).toMatch(/^changed: [1-9]/m);
  expect(asTyped(applied.stdout)).toMatch(/\nNext\n {2}npm install +install what was added\n {2}tracewright verify \. /);

  const again = await runCli(['apply', '--yes'], { cwd });
  expect(again).toMatchObject({ exit: 0, stderr: '' });
  expect(again.stdout).toMatch(/^Nothing to change: everything is in place$/m);
  expect(again.stdout).toMatch(/^changed: 0$/m);

  const undone = await runCli(['undo', '--yes', '--json'], { cwd });
  expect(undone).toMatchObject({ exit: 0, stderr: '' });
  expect(withoutGit(cwd)).toEqual(before);
});

test('apply refuses uncommitted changes unless it is told to go on', async () => {
  const cwd = copyApp('plain-http');
  commit(cwd);
  writeFileSync(join(cwd, 'notes.txt'), 'mine');
  const refused = await runCli(['apply', '--yes', '--json'], { cwd });
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'TW2004', exit: 3 } });
  expect(refused.exit).toBe(3);
  const allowed = await runCli(['apply', '--yes', '--json', '--allow-dirty'], { cwd });
  expect(JSON.parse(allowed.stdout)).toMatchObject({ status: 'applied', git: 'dirty', installed: false });
});

test('plan --diff shows what git would show after apply', async () => {
  const cwd = copyApp('typescript-layers');
  commit(cwd);
  const run = await runCli(['plan', '--diff', '--json'], { cwd });
  const { diff }: { diff: string } = JSON.parse(run.stdout);
  expect(diff).toMatch(/^\+import '\.\/instrumentation';$/m);
  execFileSync('git', ['apply', '--check'], { cwd, input: diff });
});

test('only one codemod is planned when only one is asked for', async () => {
  const run = await runCli(['plan', '--json', '--only', 'otel-bootstrap'], { cwd: copyApp('plain-http') });
  const { codemods }: { codemods: readonly { id: string }[] } = JSON.parse(run.stdout);
  expect(codemods.map(({ id }) => id)).toEqual(['otel-bootstrap']);
});
