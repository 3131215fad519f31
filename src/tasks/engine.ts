import type { TracewrightError } from '../contract/index.ts';
import type { Step, StepKind, TaskGraph } from './graph.ts';
import type { Output } from './journal.ts';
import type { TaskStatus } from './status.ts';

/** What a person or an agent says to a step that waits for it. */
export interface StepSignal {
  readonly approved: boolean;
  readonly note: string;
}

export interface StepContext {
  /** Folder of the repository that the step works in. */
  readonly root: string;
  /** sha256 that the step is known by. */
  readonly identity: string;
  /** How often it was started before, by whomever. */
  readonly earlier: number;
  readonly said: StepSignal | undefined;
  /** What a step of the graph left so far, this one as well. */
  outputOf(step: string): Output | undefined;
  /** A variable (`NAME=value`) for the environment of everything it starts. */
  readonly mark: string;
  /** Aborted when the run is cancelled or cannot go on. */
  readonly stop: AbortSignal;
  say(what: string): void;
}

/** How an attempt ended. A failure is thrown as a TracewrightError, or told here by a step that leaves something all the same. */
export type StepEnd =
  | { readonly status: 'done' | 'waiting'; readonly output: Output }
  | { readonly status: 'failed'; readonly error: TracewrightError; readonly output: Output };

/** Does one kind of step. May be killed at any moment and called again: it must see what is done already. */
export type StepHandler<Kind extends StepKind = StepKind> = (step: Step<Kind>, context: StepContext) => Promise<StepEnd>;

export type StepHandlers = { readonly [Kind in StepKind]: StepHandler<Kind> };

/** News of a run, for a progress line. */
export interface StepNews {
  readonly step: string;
  readonly what: 'start' | 'done' | 'waiting' | 'fail' | 'again' | 'say';
  readonly text?: string;
}

export interface RunOptions {
  /** How many steps may run at once. */
  readonly jobs?: number;
  /** How long it waits before it tries a step again, doubled each time; 500 by default. */
  readonly pauseMs?: number;
  /** Goes on although it was cancelled. */
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  readonly onNews?: (news: StepNews) => void;
}

/** What every engine is given. Where it keeps its records is its own business. */
export interface EngineSetup {
  readonly graph: TaskGraph;
  /** The folder that the graph's repositories are relative to. */
  readonly root: string;
  readonly handlers: StepHandlers;
}

/**
 * Runs a graph durably. `engineLaws` says what that means; the embedded engine and every adapter hold them.
 *
 *   run:    every step whose `after` are done and whose `propagates` were observed, until all is done, waits or failed; done work is never done again
 *   signal: answers a step that waits, from any process; the run that goes on, or the next one, takes it
 *   cancel: ends what runs, from any process; nothing is run until a run says `resume`
 */
export interface TaskEngine {
  run(options?: RunOptions): Promise<TaskStatus>;
  status(): Promise<TaskStatus>;
  signal(step: string, said: StepSignal): Promise<void>;
  cancel(why: string): Promise<void>;
}
