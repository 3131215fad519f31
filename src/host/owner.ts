import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, as no later process and no other machine is named. */
export interface Owner {
  readonly pid: number;
  /** When it started, in the system's own count, because a process id is used again; '-' where that cannot be told. */
  readonly start: string;
  readonly host: string;
}

export function ownerOf(pid: number): Owner {
  return { pid, start: statOf(pid)[19] ?? '-', host: hostname() };
}

/**
 * The one answer to "is the owner of this file dead?". A process of another machine, or of a container that lies on the same folder,
 * cannot be seen from here: it is taken for dead once its file was not touched for `silentMs`.
 */
export function isGone(owner: Owner, file: string, silentMs: number): boolean {
  if (owner.host === hostname()) return !isAlive(owner.pid) || ownerOf(owner.pid).start !== owner.start;
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return touched === undefined || Date.now() - touched > silentMs;
}

/** Whether a process of this machine lives. One that ended and was not fetched by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return statOf(pid)[0] !== 'Z';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What Linux says about a process, from its state on; empty elsewhere. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
