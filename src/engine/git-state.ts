import { spawnSync } from 'node:child_process';
import { TracewrightError } from '../contract/index.ts';

/** Whether a folder is under git, and which of its files have changes that no commit holds. */
export type GitState = { readonly status: 'none' } | { readonly status: 'known'; readonly changed: readonly string[] };

/** Asks git about a folder. Ignored files do not count; untracked ones do. */
export function readGitState(root: string): GitState {
  const prefix = git(root, ['rev-parse', '--show-prefix']);
  if (prefix.status !== 0) {
    if (prefix.missing || /not a git repository/i.test(prefix.stderr)) return { status: 'none' };
    throw new TracewrightError('TW2014', prefix.stderr.trim());
  }
  const answer = git(root, ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--', '.']);
  if (answer.status !== 0) throw new TracewrightError('TW2014', answer.stderr.trim());
  const below = prefix.stdout.trim();
  const entries = answer.stdout.split('\0').filter((entry) => entry.length > 3);
  return { status: 'known', changed: entries.map((entry) => entry.slice(3 + below.length)).sort() };
}

interface GitAnswer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly missing: boolean;
}

function git(root: string, args: readonly string[]): GitAnswer {
  const environment = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
  const { status, stdout, stderr, error } = spawnSync('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: environment,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? error?.message ?? '', missing: error !== undefined };
}
