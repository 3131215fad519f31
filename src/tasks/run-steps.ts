import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TracewrightError } from '../contract/index.ts';
import { withoutRoot } from '../host/index.ts';
import type { EngineSetup, RunOptions, StepContext, StepEnd, StepHandler } from './engine.ts';
import type { KnownStep } from './graph.ts';
import type { JournalWriter } from './journal-file.ts';
import { type StepStatus, statusOf, type TaskStatus } from './status.ts';

export interface Run {
  readonly setup: EngineSetup;
  readonly options: RunOptions;
  readonly journal: JournalWriter;
  readonly mark: string;
  /** Puts what other processes said into the journal. */
  absorb(): void;
}

/** How soon a message of another process is seen. */
const LISTEN_MS = 100;
const REASON = 300;

/** Runs every step that can be run, several at once where the graph allows, until none is left. */
export async function runSteps(run: Run): Promise<void> {
  const { jobs = 2, signal } = run.options;
  const stop = new AbortController();
  const running = new Map<string, Promise<void>>();
  const tried = new Set<string>();
  let broken: unknown;
  const end = (): void => stop.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  for (;;) {
    const status = look(run, end);
    const free = stop.signal.aborted
      ? []
      : status.steps.filter((each) => isFree(each) && !tried.has(turnOf(each)) && !running.has(each.step.id));
    for (const each of free.slice(0, Math.max(0, jobs - running.size))) {
      const { id } = each.step;
      const work = runStep(run, each, stop.signal).catch((error: unknown) => {
        broken ??= error;
        end();
      });
      running.set(
        id,
        work.finally(() => running.delete(id)),
      );
      tried.add(turnOf(each));
    }
    if (running.size === 0) break;
    await Promise.race([...running.values(), wait(LISTEN_MS, undefined, { ref: false })]);
  }
  signal?.removeEventListener('abort', end);
  if (broken !== undefined) throw broken;
}

function look(run: Run, end: () => void): TaskStatus {
  run.absorb();
  const status = statusOf(run.setup.graph, run.journal.records, true);
  if (status.cancelled !== undefined) end();
  return status;
}

/** One run tries a step once, and once more for each new answer to it. */
function turnOf({ step, signal }: StepStatus): string {
  return JSON.stringify([step.id, signal]);
}

/** It can be run now: what was running is not, as whoever ran it is gone. */
function isFree({ state, signal }: StepStatus): boolean {
  return state === 'ready' || state === 'failed' || state === 'running' || (state === 'waiting' && signal !== undefined);
}

/** Tries a step until it ends well, waits, was stopped, or used up its attempts. Throws only when the journal cannot be written. */
async function runStep(run: Run, { step, attempts, signal: said }: StepStatus, stop: AbortSignal): Promise<void> {
  const { pauseMs = 500 } = run.options;
  for (let turn = 1; turn <= (step.attempts ?? 1); turn += 1) {
    if (turn > 1) await wait(pauseMs * 2 ** (turn - 2), undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return;
    run.journal.append({ event: 'start', step: step.id, identity: step.identity, attempt: attempts + turn });
    run.options.onNews?.({ step: step.id, what: 'start' });
    const end = await attempt(run, step, { earlier: attempts + turn - 1, said, stop });
    // A step that was ended from outside did not fail: the next run does it again.
    if (stop.aborted && end.status === 'failed') return;
    if (!settle(run, step, end, turn)) return;
  }
}

/** Writes down how an attempt ended; true when it is to be tried again. */
function settle({ journal, options, setup }: Run, { id, identity, attempts = 1 }: KnownStep, end: AttemptEnd, turn: number): boolean {
  if (end.status !== 'failed') {
    journal.append({ event: end.status === 'done' ? 'done' : 'wait', step: id, identity, output: end.output });
    options.onNews?.({ step: id, what: end.status });
    return false;
  }
  const { code } = end.error;
  const again = turn < attempts && code !== 'TW4018';
  const reason = reasonOf(end.error, setup.root);
  journal.append({ event: 'fail', step: id, identity, code, reason, again, ...(end.output && { output: end.output }) });
  options.onNews?.({ step: id, what: again ? 'again' : 'fail', text: `${code} ${reason}` });
  return again;
}

type AttemptEnd = StepEnd | { readonly status: 'failed'; readonly error: TracewrightError; readonly output?: undefined };

async function attempt(run: Run, step: KnownStep, context: Pick<StepContext, 'earlier' | 'said' | 'stop'>): Promise<AttemptEnd> {
  const { handlers, root } = run.setup;
  try {
    return await handlerOf(
      handlers,
      step,
    )({
      ...context,
      root: join(root, step.repo ?? '.'),
      identity: step.identity,
      mark: run.mark,
      outputOf: (id) => statusOf(run.setup.graph, run.journal.records, true).steps.find((each) => each.step.id === id)?.output,
      say: (text) => run.options.onNews?.({ step: step.id, what: 'say', text }),
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { status: 'failed', error: cause instanceof TracewrightError ? cause : new TracewrightError('TW9001', message, { cause }) };
  }
}

/** The handler of a step's kind, with the step: the pairing that the type of `handlers` promises. */
function handlerOf(handlers: EngineSetup['handlers'], step: KnownStep): (context: StepContext) => Promise<StepEnd> {
  const handler = handlers[step.kind] as StepHandler<typeof step.kind>;
  return (context) => handler(step, context);
}

/** One line without this machine's folder: it is committed. */
function reasonOf({ detail }: TracewrightError, root: string): string {
  const [line = ''] = withoutRoot(detail, root).split('\n');
  return line.length > REASON ? `${line.slice(0, REASON)}…` : line;
}
