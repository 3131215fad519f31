import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, readFolder, runCli } from './harness/run-cli.ts';

const files = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n',
  'index.js': "require('http').createServer((req, res) => res.end()).listen(3000);\n",
};
const receipt = '.tracewright/receipt.json';
const journal = '.tracewright/journal.json';

function git(cwd: string, ...words: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd, stdio: 'ignore' });
}

/** A repository that was migrated, with the migration in a commit of its own. */
async function migrated(): Promise<string> {
  const cwd = makeFolder(files);
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'first');
  expect((await runCli(['apply', '--yes'], { cwd })).exit).toBe(0);
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'traced');
  return cwd;
}

/** Files of the repository, without those of git. */
function filesOf(cwd: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(readFolder(cwd)).filter(([file]) => !file.startsWith('.git/')));
}

interface Bad {
  readonly what: string;
  readonly spoil: (cwd: string) => void;
  readonly words: string;
  readonly code: string;
  /** What its next step says, done. */
  readonly next: (cwd: string) => void;
}

const text = (cwd: string, file: string): string => readFileSync(join(cwd, file), 'utf8');
const put = (cwd: string, file: string, content: string): void => writeFileSync(join(cwd, file), content);
const restore = (cwd: string): void => git(cwd, 'checkout', '--', '.');
const remove = (cwd: string): void => rmSync(join(cwd, journal));

const stored: readonly Bad[] = [
  {
    what: 'a receipt of a newer version',
    spoil: (cwd) => put(cwd, receipt, JSON.stringify({ ...JSON.parse(text(cwd, receipt)), format: 3 })),
    words: 'undo --yes',
    code: 'TW2031',
    next: restore,
  },
  {
    what: 'half of a receipt',
    spoil: (cwd) => put(cwd, receipt, text(cwd, receipt).slice(0, 200)),
    words: 'undo --yes',
    code: 'TW2016',
    next: restore,
  },
  {
    what: 'a receipt of another repository',
    spoil: (cwd) => {
      const other = JSON.parse(text(cwd, receipt));
      const moved = other.files.map((file: object, at: number) => ({
        ...file,
        file: `other-${at}.js`,
        before: 'a'.repeat(64),
        restore: { kind: 'content', base64: '', mode: 420 },
      }));
      put(cwd, receipt, JSON.stringify({ ...other, files: moved }));
    },
    words: 'undo --yes',
    code: 'TW2032',
    next: restore,
  },
  {
    what: 'a journal of a newer version',
    spoil: (cwd) => put(cwd, journal, '{"format":2,"files":[],"folders":[]}'),
    words: 'undo --yes',
    code: 'TW2031',
    next: remove,
  },
  { what: 'half of a journal', spoil: (cwd) => put(cwd, journal, '{"format":1,"fil'), words: 'undo --yes', code: 'TW2016', next: remove },
  {
    what: 'a journal of another repository',
    spoil: (cwd) => put(cwd, journal, '{"format":1,"files":[],"folders":[]}'),
    words: 'undo --yes',
    code: 'TW2028',
    next: remove,
  },
  {
    what: 'a bootstrap that was edited',
    spoil: (cwd) => put(cwd, 'instrumentation.cjs', `${text(cwd, 'instrumentation.cjs')}// mine\n`),
    words: 'undo --yes',
    code: 'TW2009',
    next: (cwd) => put(cwd, 'instrumentation.cjs', text(cwd, 'instrumentation.cjs').replace('// mine\n', '')),
  },
  {
    what: 'a bootstrap that was moved',
    spoil: (cwd) => renameSync(join(cwd, 'instrumentation.cjs'), join(cwd, 'moved.cjs')),
    words: 'check',
    code: 'TW2104',
    next: (cwd) => {
      restore(cwd);
      rmSync(join(cwd, 'moved.cjs'));
    },
  },
  {
    what: 'a bootstrap that was deleted',
    spoil: (cwd) => rmSync(join(cwd, 'instrumentation.cjs')),
    words: 'check',
    code: 'TW2104',
    next: restore,
  },
  {
    what: 'two bootstraps',
    spoil: (cwd) => {
      mkdirSync(join(cwd, 'lib'));
      put(cwd, 'lib/instrumentation.cjs', text(cwd, 'instrumentation.cjs'));
    },
    words: 'check',
    code: 'TW2108',
    next: (cwd) => rmSync(join(cwd, 'lib'), { recursive: true }),
  },
  {
    what: 'a receipt with another hash',
    spoil: (cwd) => {
      const { files, ...rest } = JSON.parse(text(cwd, receipt));
      const other = files.map((file: { before: string | null }) => ({ ...file, ...(file.before !== null && { after: '0'.repeat(64) }) }));
      put(cwd, receipt, JSON.stringify({ ...rest, files: other }));
    },
    words: 'check',
    code: 'TW2109',
    next: restore,
  },
  {
    what: 'a tarball that is gone',
    spoil: (cwd) => rmSync(join(cwd, 'vendor'), { recursive: true }),
    words: 'check',
    code: 'TW2104',
    next: restore,
  },
];

describe('what is stored is not as it was written', () => {
  test('a receipt of another repository is no ground to apply on', { timeout: 90_000 }, async () => {
    const cwd = await migrated();
    const other = text(cwd, receipt).replaceAll(/"file": "/g, '"file": "other/');
    expect((await runCli(['undo', '--yes'], { cwd })).exit).toBe(0);
    mkdirSync(join(cwd, '.tracewright'));
    put(cwd, receipt, other);
    const before = filesOf(cwd);
    const refused = await runCli(['apply', '--yes', '--allow-dirty'], { cwd });
    expect(refused.stderr).toContain('TW2032');
    expect(filesOf(cwd)).toEqual(before);
    rmSync(join(cwd, receipt));
    expect((await runCli(['apply', '--yes', '--allow-dirty'], { cwd })).exit).toBe(0);
    expect((await runCli(['undo', '--yes'], { cwd })).exit).toBe(0);
    expect(filesOf(cwd)).toEqual(files);
  });

  test.concurrent.each(stored)('$what', { timeout: 90_000 }, async ({ spoil, words, code, next }) => {
    const cwd = await migrated();
    spoil(cwd);
    const before = filesOf(cwd);
    const { exit, stdout, stderr } = await runCli(words.split(' '), { cwd });
    expect(stdout + stderr).toContain(code);
    expect([exit === 0, filesOf(cwd)]).toEqual([false, before]);
    next(cwd);
    const undone = await runCli(['undo', '--yes'], { cwd });
    expect(undone.stderr).toBe('');
    expect(filesOf(cwd)).toEqual(files);
    expect(existsSync(join(cwd, '.tracewright'))).toBe(false);
  });
});
