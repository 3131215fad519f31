import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Install, TracewrightError } from '../contract/index.ts';

const LAST = 2000;

/** The command as typed in the folder that tracewright was started in. */
export function typedInstall(root: string, install: Install): string {
  const place = join(root, install.folder);
  const command = wordsOf(install).join(' ');
  return place === '.' || place === './' ? command : `(cd ${place} && ${command})`;
}

/** Runs the package manager in each folder; what it prints is kept for the case that it fails. */
export async function installAll(root: string, installs: readonly Install[], say: (what: string) => void): Promise<void> {
  for (const install of installs) {
    say(typedInstall(root, install));
    await runInstall(root, install);
  }
}

function wordsOf({ packageManager }: Install): readonly [string, string] {
  return [packageManager === 'yarn-berry' ? 'yarn' : packageManager, 'install'];
}

function runInstall(root: string, install: Install): Promise<void> {
  const [program, ...words] = wordsOf(install);
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: join(root, install.folder), stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-LAST)));
    const fail = (why: string, cause?: unknown): void => {
      reject(new TracewrightError('TW1077', `${typedInstall(root, install)} ${why}`, { cause }));
    };
    child.once('error', (cause) => fail('could not be started', cause));
    child.once('close', (code, signal) => (code === 0 ? resolve() : fail(`ended with ${signal ?? `exit code ${code}`}: ${said.trim()}`)));
  });
}
