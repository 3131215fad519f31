import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type LockOptions, lock } from 'proper-lockfile';
import { TracewrightError } from '../../contract/index.ts';

/** As Claude Code's own: a holder that was killed counts as gone after 10 seconds, so we ask for longer than that. */
const options: LockOptions = {
  stale: 10_000,
  update: 5_000,
  realpath: false,
  retries: { retries: 140, factor: 1.2, minTimeout: 5, maxTimeout: 100 },
  onCompromised: () => undefined,
};

/** Does something while nobody else creates or resets tasks in a list; makes the folder when it is not there. */
export async function withList<Result>(folder: string, work: () => Result): Promise<Result> {
  return unlessSwept(async () => {
    mkdirSync(folder, { recursive: true });
    closeSync(openSync(join(folder, '.lock'), 'a'));
    return whileLocked(join(folder, '.lock'), work);
  });
}

/** Does something while nobody else changes one task; undefined when its folder is gone. */
export async function withTask<Result>(folder: string, id: string, work: () => Result): Promise<Result | undefined> {
  try {
    return await whileLocked(join(folder, `${id}.json`), work);
  } catch (cause) {
    if (isGone(cause)) return undefined;
    throw cause;
  }
}

async function whileLocked<Result>(file: string, work: () => Result): Promise<Result> {
  const release = await lock(file, { ...options, lockfilePath: `${file}.lock` }).catch((cause: unknown) => {
    throw codeOf(cause) === 'ELOCKED' ? new TracewrightError('TW4020', `${file}.lock`, { cause }) : cause;
  });
  try {
    return work();
  } finally {
    // The folder may have been swept away with the lock in it.
    await release().catch(() => undefined);
  }
}

/** A clean-up of Claude Code may take the whole folder away at any moment; then once more from the start. */
async function unlessSwept<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await work();
    } catch (cause) {
      if (!isGone(cause) || turn === 5) throw cause;
    }
  }
}

/** The system's short name for what went wrong, e.g. ENOENT. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

export function isGone(cause: unknown): boolean {
  return codeOf(cause) === 'ENOENT';
}
