import { spawnSync } from 'node:child_process';
import { recordsEnvironment } from '../../engine/apply/git-environment.ts';

/** Makes the folder a git repository, unless it lies in one. Says what happened; a machine without git is no fault. */
export function initGit(folder: string): 'made' | 'inside' | 'missing' {
  const run = (...words: string[]): number | null =>
    spawnSync('git', words, { cwd: folder, env: recordsEnvironment(), stdio: 'ignore' }).status;
  if (run('rev-parse', '--git-dir') === 0) return 'inside';
  return run('init', '--quiet') === 0 ? 'made' : 'missing';
}
