import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isGone, type Owner, ownerOf } from '../../host/index.ts';
import { readJson, removeFile, writeWhole } from './place.ts';
import { findRun, LONGEST_MS } from './run.ts';

/** Runs that this server began or joined and whose end nobody here heard yet, by id. */
const heardOf = new Map<string, string>();

/** Says that a call of this process waits for a run; the function it gives back says that it does no more. */
export function waitFor(place: string, id: string): () => void {
  heardOf.set(id, place);
  const file = join(place, `${randomUUID()}.wait`);
  writeWhole(file, JSON.stringify(ownerOf(process.pid)));
  return () => removeFile(file);
}

export function isDelivered(id: string): void {
  heardOf.delete(id);
}

/** Ends a run, unless a call of somebody else waits for it. */
export function cancelRun(place: string, id: string, own?: 'leaves'): void {
  const run = findRun(place);
  if (run?.id !== id || isAwaited(place, own === 'leaves')) return;
  heardOf.delete(id);
  try {
    process.kill(run.holder.pid, 'SIGTERM');
  } catch {
    // It ended meanwhile.
  }
}

/** The client is gone: nobody will ask for what its calls began. */
export function cancelOwnRuns(): void {
  for (const [id, place] of [...heardOf]) cancelRun(place, id, 'leaves');
}

/** `others`: by another process; the calls of this one end with it. */
function isAwaited(place: string, others: boolean): boolean {
  return readdirSync(place).some((name) => {
    if (!name.endsWith('.wait')) return false;
    const file = join(place, name);
    const holder = readJson(file) as Owner | undefined;
    if (holder !== undefined && !isGone(holder, file, LONGEST_MS)) return !others || holder.pid !== process.pid;
    removeFile(file);
    return false;
  });
}
