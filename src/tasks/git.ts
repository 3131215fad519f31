import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TracewrightError } from '../contract/index.ts';

/** Settings for every call: no daemon, no quoted paths. */
export const gitWords: readonly string[] = ['git', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];

/** What git answers on stdout. Throws TW4016 with what it said, TW4012 where there is no git. */
export async function git(root: string, words: readonly string[]): Promise<string> {
  const [program = '', ...settings] = gitWords;
  try {
    const env = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
    const { stdout } = await promisify(execFile)(program, [...settings, ...words], {
      cwd: root,
      env,
      timeout: 300_000,
      maxBuffer: 1 << 28,
    });
    return stdout;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new TracewrightError('TW4012', 'git is not on PATH', { cause });
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
    throw new TracewrightError(
      'TW4016',
      `\`git ${words.find((word) => !word.startsWith('-'))}\`: ${said.trim().split('\n').slice(-6).join('\n')}`,
      { cause },
    );
  }
}

/** One line that git answers; undefined when it refuses to. */
export async function gitWord(root: string, words: readonly string[]): Promise<string | undefined> {
  try {
    return (await git(root, words)).trim();
  } catch (error) {
    if (error instanceof TracewrightError && error.code === 'TW4016') return undefined;
    throw error;
  }
}

/** Takes away the index lock that a killed runner's git left; one that somebody holds goes away by itself first. */
export async function clearIndexLock(root: string): Promise<void> {
  const file = await gitWord(root, ['rev-parse', '--git-path', 'index.lock']);
  if (file === undefined) return;
  const path = resolve(root, file);
  for (let turn = 0; turn < 20 && existsSync(path); turn += 1) await wait(25);
  rmSync(path, { force: true });
}
