import { execFileSync } from 'node:child_process';
import { TracewrightError } from '../../contract/index.ts';

// The person's own settings (hooks, signing, line endings) must not reach a throw-away repository.
const settings = ['user.name=demo', 'user.email=demo@localhost', 'commit.gpgsign=false', 'core.autocrlf=false', 'core.hooksPath=/dev/null'];

/** Makes a git repository of a folder, with everything in its first commit. */
export function commitAll(folder: string): void {
  git(folder, ['init', '-q']);
  git(folder, ['add', '-A']);
  git(folder, ['commit', '-qm', 'As it was']);
}

function git(folder: string, words: readonly string[]): void {
  try {
    execFileSync('git', [...settings.flatMap((setting) => ['-c', setting]), ...words], { cwd: folder, stdio: 'pipe' });
  } catch (cause) {
    throw new TracewrightError('TW1078', `git ${words[0]}`, { cause });
  }
}
