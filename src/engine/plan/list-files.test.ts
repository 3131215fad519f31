import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type TempRepo, tempRepo } from '../../../tests/harness/temp-repo.ts';
import { openRepo } from './open-repo.ts';

const opened: TempRepo[] = [];

afterEach(() => {
  for (const repo of opened.splice(0)) repo.remove();
});

function git(cwd: string, ...words: string[]): string {
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'core.excludesFile=', ...words], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function checkOut(files: Readonly<Record<string, string>>): string {
  const repo = tempRepo(files);
  opened.push(repo);
  git(repo.root, 'init', '-q');
  git(repo.root, 'add', '-A');
  git(repo.root, 'commit', '-qm', 'as it was');
  return repo.root;
}

/** What git itself would keep below a folder. */
function keptByGit(cwd: string): readonly string[] {
  return [...new Set(git(cwd, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean))].sort();
}

describe('listing the files of a checkout', () => {
  it('leaves another checkout below it alone, and says so', () => {
    const root = checkOut({ 'package.json': '{}', 'server.js': '' });
    git(root, 'worktree', 'add', '-qb', 'feature', join('.agents', 'worktrees', 'feature'));
    git(root, 'clone', '-q', root, join('vendored', 'clone'));
    const repo = openRepo(root);
    expect(repo.files).toEqual(['package.json', 'server.js']);
    expect(repo.problems().map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      'TW2030 .agents/worktrees/feature',
      'TW2030 vendored/clone',
    ]);
    expect(openRepo(join(root, '.agents', 'worktrees', 'feature')).files).toEqual(['package.json', 'server.js']);
  });

  it('sees what apply put below a folder whose own rules ignore it', () => {
    const packed = 'vendor/tracewright-middleware-0.4.0.tgz';
    for (const rules of ['*.tgz\n', 'vendor\n']) {
      const root = checkOut({ '.gitignore': rules, 'app/package.json': '{}' });
      mkdirSync(join(root, 'app', 'vendor'));
      for (const file of [packed, 'vendor/other.tgz']) writeFileSync(join(root, 'app', file), '');
      const repo = openRepo(join(root, 'app'));
      expect(repo.files).toEqual(['package.json', packed]);
      expect(repo.ignoredBy(packed)).toBe('../.gitignore');
    }
  });

  it('heeds .git/info/exclude, in a worktree too', () => {
    const root = checkOut({ 'package.json': '{}', '.gitignore': '!kept.js\n' });
    appendFileSync(join(root, '.git', 'info', 'exclude'), '\nscratch/\n*.local.js\nkept.js\n');
    git(root, 'worktree', 'add', '-qb', 'feature', join('scratch', 'feature'));
    const feature = join(root, 'scratch', 'feature');
    for (const folder of [root, feature]) for (const file of ['a.local.js', 'kept.js']) writeFileSync(join(folder, file), '');
    for (const folder of [root, feature]) {
      const repo = openRepo(folder);
      expect(repo.files).toEqual(['.gitignore', 'kept.js', 'package.json']);
      expect(repo.files).toEqual(keptByGit(folder));
      expect(repo.problems()).toEqual([]);
      expect(repo.ignoredBy('x.local.js')).toBe('.git/info/exclude');
    }
  });

  it('sees in a folder what it sees there from the top', () => {
    const root = checkOut({
      '.gitignore': 'logs/\n/apps/shop/dist\n*.tmp\n!wanted.tmp\n',
      'apps/.gitignore': '/shop/cache/\n',
      'apps/shop/.gitignore': '!mine.tmp\n',
      'apps/shop/package.json': '{}',
    });
    const shop = join(root, 'apps', 'shop');
    for (const folder of ['logs', 'dist', 'cache', 'src/dist']) mkdirSync(join(shop, folder), { recursive: true });
    for (const file of ['logs/a.js', 'dist/a.js', 'cache/a.js', 'src/dist/a.js', 'a.tmp', 'wanted.tmp', 'mine.tmp'])
      writeFileSync(join(shop, file), '');
    const inside = openRepo(shop);
    expect(inside.files).toEqual(keptByGit(shop));
    expect(inside.files).toEqual(['.gitignore', 'mine.tmp', 'package.json', 'src/dist/a.js', 'wanted.tmp']);
    expect(openRepo(root).files.filter((file) => file.startsWith('apps/shop/'))).toEqual(inside.files.map((file) => `apps/shop/${file}`));
    expect(inside.ignoredBy('dist/b.js')).toBe('../../.gitignore');
    expect(inside.ignoredBy('cache/b.js')).toBe('../.gitignore');
  });

  it('plans a folder that its checkout ignores, because it was asked for', () => {
    const root = checkOut({ '.gitignore': 'try/\n' });
    mkdirSync(join(root, 'try'));
    writeFileSync(join(root, 'try', 'package.json'), '{}');
    expect(openRepo(join(root, 'try')).files).toEqual(['package.json']);
  });
});
