import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asTyped, makeFolder, readFolder, runCli } from './harness/run-cli.ts';

const program =
  "const server = require('http').createServer((req, res) => res.end());\nserver.listen(0, '127.0.0.1', () => server.close());\n";
const edit = "console.log('mine');\n";
const files = { 'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n', 'index.js': program };

function git(cwd: string, ...words: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd, stdio: 'ignore' });
}

const text = (cwd: string): string => readFileSync(join(cwd, 'index.js'), 'utf8');
const put = (cwd: string, content: string): void => writeFileSync(join(cwd, 'index.js'), content);

/** Migrated, then edited by a person; undo refuses and says what to do. */
async function refused(isCommitted: boolean): Promise<string> {
  const cwd = makeFolder(files);
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'first');
  expect((await runCli(['apply', '--yes'], { cwd })).exit).toBe(0);
  if (isCommitted) {
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-qm', 'traced');
  }
  put(cwd, `${text(cwd)}${edit}`);
  const { exit, stderr } = await runCli(['undo', '--yes'], { cwd });
  expect([exit, stderr]).toEqual([3, expect.stringMatching(/^TW2009 .*index\.js/)]);
  const said = asTyped(stderr);
  expect(said).toContain('Take your edit out of that file and keep a copy of it, run `tracewright undo`, and put the edit in again.');
  expect(said).toContain('commit your edit and `git revert` the migration instead');
  return cwd;
}

/** The program starts without anything of the migration, with the edit. */
function expectOnlyTheEdit(cwd: string): void {
  const left = Object.entries(readFolder(cwd)).filter(([file]) => !file.startsWith('.git/'));
  expect(Object.fromEntries(left)).toEqual({ ...files, 'index.js': `${program}${edit}` });
  expect(execFileSync(process.execPath, ['index.js'], { cwd, encoding: 'utf8' })).toBe('mine\n');
  expect(existsSync(join(cwd, '.tracewright'))).toBe(false);
}

test.each([false, true])(
  'an edit after apply, taken out and put in again around undo (migration committed: %s)',
  { timeout: 90_000 },
  async (isCommitted) => {
    const cwd = await refused(isCommitted);
    put(cwd, text(cwd).replace(edit, ''));
    expect((await runCli(['undo', '--yes'], { cwd })).exit).toBe(0);
    put(cwd, `${text(cwd)}${edit}`);
    expectOnlyTheEdit(cwd);
  },
);

test('an edit after a migration that is a commit of its own, committed, and the migration reverted', { timeout: 90_000 }, async () => {
  const cwd = await refused(true);
  git(cwd, 'commit', '-qam', 'mine');
  git(cwd, 'revert', '--no-edit', 'HEAD~1');
  expectOnlyTheEdit(cwd);
});

test('a first line that was lost among other edits is put back by apply; undo still names the file, and its next step works', {
  timeout: 90_000,
}, async () => {
  const cwd = await refused(true);
  const applied = text(cwd).replace(edit, '');
  put(cwd, text(cwd).split('\n').slice(1).join('\n'));
  expect(text(cwd)).not.toContain('instrumentation');
  git(cwd, 'commit', '-qam', 'mine');
  expect((await runCli(['apply', '--yes'], { cwd })).exit).toBe(0);
  expect(text(cwd)).toBe(`${applied}${edit}`);
  const { exit, stderr } = await runCli(['undo', '--yes'], { cwd });
  expect([exit, stderr]).toEqual([3, expect.stringMatching(/^TW2009 .*index\.js/)]);
  put(cwd, text(cwd).replace(edit, ''));
  expect((await runCli(['undo', '--yes'], { cwd })).exit).toBe(0);
  put(cwd, `${text(cwd)}${edit}`);
  expectOnlyTheEdit(cwd);
});
