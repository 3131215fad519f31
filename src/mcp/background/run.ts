import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive, startOf } from '../../engine/apply/lock.ts';
import type { Carrier } from '../telemetry.ts';
import type { Orders, WorkName } from '../works/index.ts';
import { readJson, removeFile } from './place.ts';

/** A process, as no later process and no other machine is named. */
export interface Holder {
  readonly pid: number;
  readonly start: string;
  readonly host: string;
}

/** A piece of work that another process does. */
export interface Run<Name extends WorkName = WorkName> {
  readonly id: string;
  /** Names the work and its order: equal calls are one run. */
  readonly key: string;
  readonly work: Name;
  readonly root: string;
  readonly order: Orders[Name];
  readonly holder: Holder;
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

export function runFile(place: string): string {
  return join(place, 'run.json');
}

export function outcomeFile(place: string, key: string): string {
  return join(place, `${key}.json`);
}

export function progressFile(place: string): string {
  return join(place, 'progress.json');
}

export function holderOf(pid: number): Holder {
  return { pid, start: startOf(pid), host: hostname() };
}

/** The run that goes on now; what a killed one left is removed. */
export function findRun(place: string): Run | undefined {
  const run = readJson(runFile(place)) as Run | undefined;
  if (run === undefined || isAtWork(run.holder)) return run;
  removeFile(runFile(place));
  return undefined;
}

export function isAtWork({ pid, start, host }: Holder): boolean {
  return host !== hostname() || (isAlive(pid) && startOf(pid) === start);
}

export function readOutcome(place: string, key: string): Outcome | undefined {
  return readJson(outcomeFile(place, key)) as Outcome | undefined;
}
