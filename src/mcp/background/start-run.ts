import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { TracewrightError } from '../../contract/index.ts';
import { ownFile } from '../../engine/plan/toolkit.ts';
import { ownerOf } from '../../host/index.ts';
import { removeFile, writeWhole } from './place.ts';
import { findRun, outcomeFile, progressFile, type Run, readOutcome, runFile } from './run.ts';
import { stampTree } from './tree-stamp.ts';

const DAY_MS = 86_400_000;

/** The id of the run that does this work: one that goes on, one that ended and nobody heard of it, or a new one. Throws TW2005 while other work goes on. */
export async function joinRun(place: string, wanted: Omit<Run, 'id' | 'holder'>): Promise<string> {
  const release = await lock(place, { realpath: false, retries: { retries: 40, minTimeout: 10, maxTimeout: 100 } });
  try {
    const run = findRun(place);
    if (run?.key === wanted.key) return run.id;
    if (run !== undefined) throw new TracewrightError('TW2005', `${run.work} goes on in the background`);
    const outcome = readOutcome(place, wanted.key);
    const isNews = outcome?.delivered === false && outcome.tree === stampTree(wanted.root);
    return isNews ? outcome.id : startRun(place, wanted);
  } finally {
    await release();
  }
}

function startRun(place: string, wanted: Omit<Run, 'id' | 'holder'>): string {
  forgetOld(place);
  removeFile(outcomeFile(place, wanted.key));
  removeFile(progressFile(place));
  const id = randomUUID();
  const worker = ownFile('mcp/background/worker.js');
  const child = spawn(process.execPath, [...process.execArgv, worker, place, id], { detached: true, stdio: 'ignore', cwd: wanted.root });
  child.once('error', () => removeFile(runFile(place)));
  child.unref();
  writeWhole(runFile(place), JSON.stringify({ ...wanted, id, holder: ownerOf(child.pid ?? 0) }));
  return id;
}

/** Outcomes that nobody fetched for a day. */
function forgetOld(place: string): void {
  for (const name of readdirSync(place)) {
    const file = join(place, name);
    if (name.endsWith('.json') && Date.now() - statSync(file).mtimeMs > DAY_MS) removeFile(file);
  }
}
