import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Install, TracewrightError } from '../contract/index.ts';
import { folderIn } from '../engine/apply/place.ts';
import { realRoot } from '../engine/plan/open-repo.ts';
import { quoteWord } from './quote-word.ts';

const LAST = 2000;

/** The command as typed in the folder that tracewright was started in. */
export function typedInstall(root: string, install: Install): string {
  const place = join(root, install.folder);
  const command = wordsOf(install).join(' ');
  return place === '.' || place === './' ? command : `(cd ${quoteWord(place)} && ${command})`;
}

/** Runs the package manager in each folder until all are installed (true) or the signal ends it; what it prints is kept for the case that it fails. */
export async function installAll(
  root: string,
  installs: readonly Install[],
  say: (what: string) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  for (const install of installs) {
    if (signal?.aborted) return false;
    folderIn(realRoot(root), install.folder);
    say(typedInstall(root, install));
    if (!(await runInstall(root, install, signal))) return false;
  }
  return true;
}

/** The package manager's words and where to type them, for a reader who knows the root: `npm install in packages/api`. */
export function describeInstall(install: Install): string {
  return [wordsOf(install).join(' '), ...(install.folder === '' ? [] : [install.folder])].join(' in ');
}

function wordsOf({ packageManager }: Install): readonly [string, string] {
  return [packageManager === 'yarn-berry' ? 'yarn' : packageManager, 'install'];
}

/** Where a variable says that this is CI, these refuse to change the lock file, which the change has just made necessary. */
const unlocked: Partial<Record<Install['packageManager'], string>> = {
  pnpm: '--no-frozen-lockfile',
  'yarn-berry': '--no-immutable',
};

function runInstall(root: string, install: Install, signal?: AbortSignal): Promise<boolean> {
  const [program, ...typed] = wordsOf(install);
  const words = [...typed, ...[unlocked[install.packageManager] ?? []].flat()];
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: join(root, install.folder),
      // Install scripts end with it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = (): void => endGroup(child);
    const kill = (): void => signalTo(child, 'SIGKILL');
    process.once('exit', kill);
    signal?.addEventListener('abort', stop, { once: true });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-LAST)));
    const fail = (why: string, cause?: unknown): void => {
      reject(new TracewrightError('TW1077', `${typedInstall(root, install)} ${why}`, { cause }));
    };
    child.once('error', (cause) => fail('could not be started', cause));
    child.once('close', (code, ended) => {
      signal?.removeEventListener('abort', stop);
      process.removeListener('exit', kill);
      if (code === 0 || signal?.aborted) resolve(code === 0);
      else fail(`ended with ${ended ?? `exit code ${code}`}\n${said.trim()}`);
    });
  });
}

/** How long a package manager may tidy up when somebody cancels. */
const GRACE_MS = 700;

function endGroup(child: ChildProcess): void {
  signalTo(child, 'SIGTERM');
  setTimeout(() => signalTo(child, 'SIGKILL'), GRACE_MS).unref();
}

/** To the package manager and everything that it started. */
function signalTo(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // All of it ended.
  }
}
