import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { catalogue, type ErrorCode, TracewrightError } from '../../contract/index.ts';
import { canonicalJson } from '../../engine/plan/canonical.ts';
import { toolVersion } from '../../engine/plan/toolkit.ts';
import { steady } from '../steady.ts';
import type { Call } from '../tool.ts';
import type { Findings, Orders, WorkName } from '../works/index.ts';
import { openPlace, readJson, writeWhole } from './place.ts';
import { findRun, type Outcome, outcomeFile, progressFile, readOutcome } from './run.ts';
import { joinRun } from './start-run.ts';
import { stampTree } from './tree-stamp.ts';
import { cancelRun, isDelivered, waitFor } from './waiters.ts';

/** What came of waiting for work in the background. */
export type Continued<Found> = { readonly status: 'ended'; readonly found: Found } | { readonly status: 'running'; readonly doing: string };

const POLL_MS = 50;

/**
 * Does work in a process of its own, which outlives this server and its client.
 *
 *   first call  -> start it -> wait a while -> found, or "running"
 *   same call   -> the same run, whoever asks -> wait a while -> found, or "running"
 *
 *   cancelled   -> the run and all that it started end, unless another call waits for it
 *
 * An outcome is handed out once, so that a later call looks at the repository anew.
 */
export async function continueWork<Name extends WorkName>(work: Name, order: Orders[Name], call: Call): Promise<Continued<Findings[Name]>> {
  const { path } = call.root;
  const place = openPlace(path);
  const key = keyOf(work, order);
  const id = await joinRun(place, { key, work, root: path, order, carrier: call.scope.carrier });
  const end = performance.now() + call.waitMs;
  const leave = waitFor(place, id);
  try {
    do {
      // Only when the run is no more: until then the next call, an undo for one, would be told that it goes on.
      if (findRun(place)?.id !== id) {
        isDelivered(id);
        const outcome = readOutcome(place, key);
        if (outcome?.id === id) return deliver(place, key, outcome);
        throw new TracewrightError('TW1092', work);
      }
      await delay(Math.min(POLL_MS, call.waitMs), undefined, { ref: false });
    } while (performance.now() < end && !call.signal.aborted);
  } finally {
    leave();
  }
  if (call.signal.aborted) cancelRun(place, id);
  return { status: 'running', doing: steady(String(readJson(progressFile(place)) ?? 'starting'), path) };
}

/** What the last run with this order found, if the repository is still as that run left it. */
export function lastFound<Name extends WorkName>(work: Name, order: Orders[Name], root: string): Findings[Name] | undefined {
  const outcome = readOutcome(openPlace(root), keyOf(work, order));
  return outcome?.found === undefined || outcome.tree !== stampTree(root) ? undefined : (outcome.found as Findings[Name]);
}

/** Nobody may write while programs of the repository run. Throws TW2005. */
export function refuseWhileRunning(root: string): void {
  const run = findRun(openPlace(root));
  if (run !== undefined) throw new TracewrightError('TW2005', `${run.work} goes on in the background`);
}

function keyOf(work: WorkName, order: unknown): string {
  return createHash('sha256')
    .update(canonicalJson({ work, order, version: toolVersion() }))
    .digest('hex')
    .slice(0, 32);
}

function deliver<Found>(place: string, key: string, outcome: Outcome): Continued<Found> {
  if (!outcome.delivered) writeWhole(outcomeFile(place, key), JSON.stringify({ ...outcome, delivered: true }));
  const { error, found } = outcome;
  if (error === undefined) return { status: 'ended', found: found as Found };
  const code = Object.hasOwn(catalogue, error.code) ? (error.code as ErrorCode) : 'TW9001';
  throw new TracewrightError(code, error.detail, { next: error.next });
}
