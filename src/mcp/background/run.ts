import { join } from 'node:path';
import { isGone, type Owner } from '../../host/index.ts';
import type { Carrier } from '../telemetry.ts';
import type { Orders, WorkName } from '../works/index.ts';
import { readJson, removeFile } from './place.ts';

/** A piece of work that another process does. */
export interface Run<Name extends WorkName = WorkName> {
  readonly id: string;
  /** Names the work and its order: equal calls are one run. */
  readonly key: string;
  readonly work: Name;
  readonly root: string;
  readonly order: Orders[Name];
  readonly holder: Owner;
  /** Trace context of the call that started it. */
  readonly carrier: Carrier;
}

/** How a run ended. */
export interface Outcome {
  readonly id: string;
  /** The tree as the run left it; an outcome of another tree is worth nothing. */
  readonly tree: string;
  readonly delivered: boolean;
  readonly found?: unknown;
  readonly error?: { readonly code: string; readonly detail: string; readonly next: string };
}

/** Nobody waits longer for a program that hangs. */
export const LONGEST_MS: number = 30 * 60_000;

export function runFile(place: string): string {
  return join(place, 'run.json');
}

export function outcomeFile(place: string, key: string): string {
  return join(place, `${key}.json`);
}

export function progressFile(place: string): string {
  return join(place, 'progress.json');
}

/** The run that goes on now; what a killed one left is removed. */
export function findRun(place: string): Run | undefined {
  const run = readJson(runFile(place)) as Run | undefined;
  if (run === undefined || !isGone(run.holder, runFile(place), LONGEST_MS)) return run;
  removeFile(runFile(place));
  return undefined;
}

export function readOutcome(place: string, key: string): Outcome | undefined {
  return readJson(outcomeFile(place, key)) as Outcome | undefined;
}
