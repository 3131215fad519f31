import { linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { isAlive, isGone, ownerOf } from '../../host/index.ts';
import { removeEmptyFolders } from './durable.ts';
import { HOME, LOCK } from './home.ts';
import { placeOf } from './place.ts';

/** Longer than any apply takes. */
const SILENT_MS = 10 * 60_000;

/** Does something while nobody else applies or undoes in the same repository. */
export function withLock<T>(root: string, action: () => T): T {
  acquire(root);
  try {
    return action();
  } finally {
    rmSync(join(root, LOCK), { force: true });
    removeEmptyFolders(root, [HOME]);
  }
}

/** Whether a name in `.tracewright/` is a lock's half that a killed process left. */
export function isDeadLock(name: string): boolean {
  const pid = /^lock\.(?:stale\.)?(\d+)$/.exec(name)?.[1];
  return pid !== undefined && !isAlive(Number(pid));
}

function acquire(root: string): void {
  const path = placeOf(root, LOCK, 'engine');
  const own = `${path}.${process.pid}`;
  writeOwn(root, own);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (tryLink(own, path)) return;
      const holder = readHolder(path);
      // Given back in between; what lies there a moment later may be somebody's own.
      if (holder === undefined && !isThere(path)) continue;
      if (holder !== undefined && !isDead(holder, path)) throw new TracewrightError('TW2005', `${LOCK} is held by process ${holder}`);
      takeAway(path, holder);
    }
    throw new TracewrightError('TW2005', LOCK);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Again when somebody who gave the lock back took the empty folder away with it. */
function writeOwn(root: string, own: string, attempts = 5): void {
  try {
    mkdirSync(join(root, HOME), { recursive: true });
    rmSync(own, { force: true });
    const { pid, start, host } = ownerOf(process.pid);
    writeFileSync(own, `${pid} ${start} ${host}\n`, { flag: 'wx' });
  } catch (cause) {
    if (attempts === 1 || !hasCode(cause, 'ENOENT')) throw new TracewrightError('TW2008', HOME, { cause });
    writeOwn(root, own, attempts - 1);
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function tryLink(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    throw new TracewrightError('TW2008', LOCK, { cause });
  }
}

/** Moves a dead process's lock aside; puts it back when somebody else took it in between. */
function takeAway(path: string, holder: string | undefined): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readHolder(aside) !== holder) tryLink(aside, path);
  rmSync(aside, { recursive: true, force: true });
}

function readHolder(path: string): string | undefined {
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'utf8').trim() : undefined;
  } catch {
    return undefined;
  }
}

function isDead(holder: string, path: string): boolean {
  const [pid, start = '', host = ''] = holder.split(' ');
  return isGone({ pid: Number(pid), start, host }, path, SILENT_MS);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
