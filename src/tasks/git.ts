import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TracewrightError } from '../contract/index.ts';
import { recordsEnvironment } from '../engine/apply/git-environment.ts';

/** Settings for what changes the repository: no daemon, no quoted paths. Its own hooks and filters run as they do for a person. */
export const gitWords: readonly string[] = ['git', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];

/** Changes the repository. Throws TW4016 with what git said, TW4012 where there is no git. */
export async function changeGit(root: string, words: readonly string[]): Promise<void> {
  const [, ...settings] = gitWords;
  await call(root, words, { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' }, settings);
}

/** What git answers from its records, without running anything that the repository names. Throws as `changeGit` does. */
export function askGit(root: string, words: readonly string[]): Promise<string> {
  return call(root, words, recordsEnvironment());
}

async function call(root: string, words: readonly string[], env: NodeJS.ProcessEnv, settings: readonly string[] = []): Promise<string> {
  try {
    const options = { cwd: root, env, timeout: 300_000, maxBuffer: 1 << 28 };
    return (await promisify(execFile)('git', [...settings, ...words], options)).stdout;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new TracewrightError('TW4012', 'git is not on PATH', { cause });
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
    const last = said.trim().split('\n').slice(-6).join('\n');
    throw new TracewrightError('TW4016', `\`git ${words.find((word) => !word.startsWith('-'))}\`: ${last}`, { cause });
  }
}

/** One line that git answers; undefined when it refuses to. */
export async function gitWord(root: string, words: readonly string[]): Promise<string | undefined> {
  try {
    return (await askGit(root, words)).trim();
  } catch (error) {
    if (error instanceof TracewrightError && error.code === 'TW4016') return undefined;
    throw error;
  }
}

/** Where a repository stands, as one look tells. */
export interface GitStand {
  /** undefined when it is on none. */
  readonly branch: string | undefined;
  /** Whether HEAD holds a commit. */
  readonly holds: boolean;
  /** The file that a git at work has. */
  readonly lock: string | undefined;
}

/** Asks in two processes at once: on a busy machine each is slow to start. */
export async function lookAtGit(root: string, commit: string): Promise<GitStand> {
  const [names, held] = await Promise.all([
    gitWord(root, ['rev-parse', '--git-path', 'index.lock', '--symbolic-full-name', 'HEAD']),
    gitWord(root, ['merge-base', '--is-ancestor', commit, 'HEAD']),
  ]);
  const [lock, ref = ''] = names?.split('\n') ?? [];
  const branch = /^refs\/heads\/(.+)/.exec(ref)?.[1];
  return { branch, holds: held !== undefined, lock: lock === undefined ? undefined : resolve(root, lock) };
}

/** Takes away the index lock that a killed runner's git left; one that somebody holds goes away by itself first. */
export async function clearIndexLock({ lock }: GitStand): Promise<void> {
  if (lock === undefined) return;
  for (let turn = 0; turn < 20 && existsSync(lock); turn += 1) await wait(25);
  rmSync(lock, { force: true });
}
