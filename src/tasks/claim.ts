import { randomUUID } from 'node:crypto';
import { readFileSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { TracewrightError } from '../contract/index.ts';
import { placeOf } from '../engine/apply/place.ts';
import { removeInside, writeInside } from '../engine/apply/write-inside.ts';
import { isGone, type Owner, ownerOf } from '../host/index.ts';
import { LOCAL, notWritten, openHome, type TaskHome } from './home.ts';

/** Who runs the tasks of a folder. */
export interface Runner extends Owner {
  /** The environment of everything it starts holds this, so that what a killed runner left is found. */
  readonly mark: string;
}

/** The right to run the tasks and to write their journal. */
export interface Claim {
  readonly runner: Runner;
  /** The one before, when it was killed. */
  readonly dead: Runner | undefined;
  release(): void;
}

const BEAT_MS = 2_000;
/** A runner on another machine, whose process nobody here can see, is taken for dead after so long without a beat. */
const SILENT_MS = 30_000;

const RUNNER = `${LOCAL}/runner.json`;
const fileOf = ({ local }: TaskHome): string => join(local, 'runner.json');

/** Who runs the tasks now; undefined when nobody does. */
export function findRunner(home: TaskHome): Runner | undefined {
  const runner = readRunner(home);
  return runner !== undefined && isRunning(home, runner) ? runner : undefined;
}

/** Takes the right to run; a dead owner's at once, a living one's never (TW4007). */
export async function claimTasks(home: TaskHome): Promise<Claim> {
  openHome(home);
  const open = await guard(home);
  try {
    const before = readRunner(home);
    if (before !== undefined && isRunning(home, before)) throw taken(before);
    const runner: Runner = { ...ownerOf(process.pid), mark: `STEP_OF_TASKS=${randomUUID()}` };
    write(home, runner);
    return { runner, dead: before, release: holdClaim(home, runner) };
  } finally {
    await open();
  }
}

/** Only one process at a time looks who runs and writes itself in; the lock of a killed one is taken over after 2 seconds. */
async function guard({ local }: TaskHome): Promise<() => Promise<void>> {
  try {
    return await lock(local, {
      lockfilePath: join(local, 'claim.lock'),
      stale: 2_000,
      retries: { retries: 40, minTimeout: 10, maxTimeout: 100 },
      onCompromised: () => undefined,
    });
  } catch (cause) {
    const isHeld = cause instanceof Error && 'code' in cause && cause.code === 'ELOCKED';
    if (!isHeld) throw notWritten(cause);
    throw new TracewrightError('TW4007', 'another process is just taking them', {
      cause,
      next: 'Try again; when no tracewright runs here, remove .tracewright/tasks/local/claim.lock.',
    });
  }
}

function holdClaim(home: TaskHome, runner: Runner): () => void {
  const beat = setInterval(() => touch(home), BEAT_MS);
  beat.unref();
  return () => {
    clearInterval(beat);
    if (readRunner(home)?.mark === runner.mark) removeInside(home.root, RUNNER, 'tasks');
  };
}

function touch({ root }: TaskHome): void {
  try {
    const now = new Date();
    utimesSync(placeOf(root, RUNNER, 'tasks'), now, now);
  } catch {
    // A full or vanished disk shows itself at the next record.
  }
}

function readRunner(home: TaskHome): Runner | undefined {
  try {
    const runner = JSON.parse(readFileSync(fileOf(home), 'utf8')) as Partial<Runner>;
    const { pid, start, host, mark } = runner;
    return typeof pid === 'number' && start !== undefined && host !== undefined && mark !== undefined
      ? { pid, start, host, mark }
      : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(home: TaskHome, runner: Runner): boolean {
  return !isGone(runner, fileOf(home), SILENT_MS);
}

function write(home: TaskHome, runner: Runner): void {
  try {
    writeInside(home.root, RUNNER, JSON.stringify(runner), 'tasks');
  } catch (cause) {
    throw notWritten(cause);
  }
}

function taken({ pid, host }: Runner): TracewrightError {
  return new TracewrightError('TW4007', `process ${pid}${host === hostname() ? '' : ` on ${host}`} runs them`);
}
