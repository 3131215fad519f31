import { spawnSync } from 'node:child_process';
import { TracewrightError } from '../../contract/index.ts';
import { gitEnvironment, recordsEnvironment } from './git-environment.ts';

/** Whether a folder is under git, and which of its files have changes that no commit holds. */
export type GitState = { readonly status: 'none' } | { readonly status: 'known'; readonly changed: readonly string[] };

/** Asks git about a folder. Ignored files do not count; untracked ones do. */
export function readGitState(root: string): GitState {
  const prefix = git(root, ['rev-parse', '--show-prefix']);
  if (prefix.status !== 0) {
    if (prefix.missing || /not a git repository/i.test(prefix.stderr)) return { status: 'none' };
    throw new TracewrightError('TW2014', prefix.stderr.trim());
  }
  const options = ['--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=dirty'];
  const answer = git(root, ['status', ...options, '--', '.'], gitEnvironment(root));
  if (answer.status !== 0) throw new TracewrightError('TW2014', answer.stderr.trim());
  const below = prefix.stdout.trim();
  const entries = answer.stdout.split('\0').filter((entry) => entry.length > 3);
  return { status: 'known', changed: entries.map((entry) => entry.slice(3 + below.length)).sort() };
}

/** The branch a folder is on; undefined on none, and without git. */
export function readBranch(root: string): string | undefined {
  const { status, stdout } = git(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return status === 0 ? stdout.trim() : undefined;
}

/** Id of the blob that the current commit holds for a file; undefined when there is none, or no git. */
export function committedBlob(root: string, file: string): string | undefined {
  const { status, stdout } = git(root, ['rev-parse', '--verify', '--quiet', `HEAD:./${file}`]);
  const id = stdout.trim();
  return status === 0 && isObjectId(id) ? id : undefined;
}

/** Whether git tracks a file: somebody added it, or a clone brought it. */
export function isTracked(root: string, file: string): boolean {
  return git(root, ['--literal-pathspecs', 'ls-files', '--error-unmatch', '--', file]).status === 0;
}

/** Bytes of a blob; undefined when git does not have it. */
export function readBlob(root: string, blob: string): Uint8Array | undefined {
  if (!isObjectId(blob)) return undefined;
  const { status, stdout } = spawnSync('git', ['cat-file', 'blob', blob], { cwd: root, env: recordsEnvironment(), maxBuffer });
  return status === 0 ? stdout : undefined;
}

function isObjectId(id: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id);
}

const maxBuffer = 256 * 1024 * 1024;

interface GitAnswer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly missing: boolean;
}

function git(root: string, args: readonly string[], env: NodeJS.ProcessEnv = recordsEnvironment()): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    env,
    maxBuffer,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? error?.message ?? '', missing: error !== undefined };
}
