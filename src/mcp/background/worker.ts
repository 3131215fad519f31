import { setTimeout as delay } from 'node:timers/promises';
import { TracewrightError } from '../../contract/index.ts';
import { startTelemetry } from '../telemetry.ts';
import { doWork } from '../works/index.ts';
import { removeFile, writeWhole } from './place.ts';
import { findRun, LONGEST_MS, type Outcome, outcomeFile, progressFile, type Run, runFile } from './run.ts';
import { stampTree } from './tree-stamp.ts';

/** The process that does one run: what it finds is written where the next call looks for it. */
async function main([place = '', id = '']: readonly string[]): Promise<void> {
  const run = await findOwn(place, id);
  if (run === undefined) return;
  const telemetry = await startTelemetry();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LONGEST_MS);
  process.once('SIGTERM', () => cancel(stop));
  const end = await telemetry.below(`tracewright ${run.work}`, run.carrier, async ({ fail }) => {
    const outcome = await outcomeOf(run, place, stop.signal);
    if (outcome.error !== undefined) fail(outcome.error.code);
    return outcome;
  });
  clearTimeout(timer);
  const outcome: Outcome = { id, tree: stampTree(run.root), delivered: false, ...end };
  writeWhole(outcomeFile(place, run.key), JSON.stringify(outcome));
  removeFile(runFile(place));
  await telemetry.stop();
}

/** Whoever cancels waits for the end: what did not end by itself by then is ended with this process. */
const CANCEL_MS = 1_500;

function cancel(stop: AbortController): void {
  stop.abort();
  setTimeout(() => process.exit(), CANCEL_MS).unref();
}

/** The server writes the file after it started this process. */
async function findOwn(place: string, id: string): Promise<Run | undefined> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const run = findRun(place);
    if (run?.id === id) return run;
    await delay(20);
  }
  return undefined;
}

async function outcomeOf(run: Run, place: string, signal: AbortSignal): Promise<Pick<Outcome, 'found' | 'error'>> {
  const say = (what: string): void => writeWhole(progressFile(place), JSON.stringify(what));
  try {
    return { found: await doWork(run.work, run.root, run.order, { say, signal }) };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const { code, detail, next } = cause instanceof TracewrightError ? cause : new TracewrightError('TW9001', message, { cause });
    return { error: { code, detail, next } };
  }
}

await main(process.argv.slice(2));
process.exit();
