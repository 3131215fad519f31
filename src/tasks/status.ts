import { type KnownStep, pairOf, type TaskGraph } from './graph.ts';
import type { Output, TaskRecord } from './journal.ts';

/**
 * pending: something before it is not done, or a pair it waits for was not observed. ready: it can be run. waiting: for a person or an agent.
 * interrupted: its runner died in it. failed: the next run tries it again.
 */
export type StepState = 'pending' | 'ready' | 'running' | 'interrupted' | 'waiting' | 'failed' | 'done';

export interface StepStatus {
  readonly step: KnownStep;
  readonly state: StepState;
  /** How often it was started. */
  readonly attempts: number;
  /** What it left last. */
  readonly output?: Output;
  /** Why it failed last. */
  readonly failure?: { readonly code: string; readonly reason: string };
  /** What a person or an agent said since it failed last. */
  readonly signal?: { readonly approved: boolean; readonly note: string };
}

export interface TaskStatus {
  readonly state: 'new' | 'open' | 'running' | 'waiting' | 'failed' | 'cancelled' | 'done';
  readonly graph: TaskGraph;
  readonly steps: readonly StepStatus[];
  /** Why, when it is cancelled. */
  readonly cancelled?: string;
  /** The end of the chain: whoever keeps it can tell later whether the journal is the same. */
  readonly head: { readonly records: number; readonly hash: string };
}

interface Known {
  state: 'none' | 'started' | 'waiting' | 'failed' | 'done';
  attempts: number;
  output?: Output;
  failure?: { code: string; reason: string };
  signal?: { approved: boolean; note: string };
}

/** What the journal says about the steps of a graph. Records of other graphs do not count. */
export function statusOf(graph: TaskGraph, records: readonly TaskRecord[], isRun: boolean): TaskStatus {
  const known = new Map<string, Known>(graph.steps.map(({ identity }) => [identity, { state: 'none', attempts: 0 }]));
  let cancelled: string | undefined;
  for (const record of records) {
    if (record.event === 'cancel') cancelled = record.graph === graph.hash ? record.note : cancelled;
    else if (record.event === 'resume') cancelled = record.graph === graph.hash ? undefined : cancelled;
    else note(known.get(record.identity), record);
  }
  const isDone = (id: string): boolean => graph.steps.some((step) => step.id === id && known.get(step.identity)?.state === 'done');
  const observed = new Set(observedPairs(graph, known));
  const steps = graph.steps.map((step): StepStatus => {
    const { state, ...rest } = known.get(step.identity) ?? { state: 'none', attempts: 0 };
    if (state !== 'none' && state !== 'failed') return { step, state: settled(state, isRun), ...rest };
    const isFree = step.after.every(isDone) && (step.propagates ?? []).every((edge) => observed.has(pairOf(edge)));
    return { step, state: isFree ? (state === 'failed' ? 'failed' : 'ready') : 'pending', ...rest };
  });
  const last = records.at(-1);
  return {
    state: overall(steps, cancelled, isRun),
    graph,
    steps,
    ...(cancelled === undefined ? {} : { cancelled }),
    head: { records: records.length, hash: last?.hash ?? '' },
  };
}

function note(known: Known | undefined, record: Exclude<TaskRecord, { event: 'cancel' | 'resume' }>): void {
  if (known === undefined || known.state === 'done') return;
  switch (record.event) {
    case 'start':
      known.state = 'started';
      known.attempts += 1;
      break;
    case 'signal':
      known.signal = { approved: record.approved, note: record.note };
      break;
    case 'fail':
      known.state = 'failed';
      known.failure = { code: record.code, reason: record.reason };
      if (record.output !== undefined) known.output = record.output;
      delete known.signal;
      break;
    default:
      known.state = record.event === 'done' ? 'done' : 'waiting';
      known.output = record.output;
      if (known.state === 'done') delete known.failure;
  }
}

/** What the last attempt of each `observe` step saw, whether it saw all it looked for or not. */
function observedPairs({ steps }: TaskGraph, known: ReadonlyMap<string, Known>): readonly string[] {
  return steps.flatMap(({ kind, identity }) => {
    const pairs = kind === 'observe' ? known.get(identity)?.output?.['pairs'] : undefined;
    return Array.isArray(pairs) ? pairs : [];
  });
}

function settled(state: 'started' | 'waiting' | 'done', isRun: boolean): StepState {
  if (state !== 'started') return state;
  return isRun ? 'running' : 'interrupted';
}

function overall(steps: readonly StepStatus[], cancelled: string | undefined, isRun: boolean): TaskStatus['state'] {
  if (steps.every(({ state }) => state === 'done')) return 'done';
  if (cancelled !== undefined) return 'cancelled';
  if (isRun) return 'running';
  if (steps.some(({ state }) => state === 'failed')) return 'failed';
  if (steps.some(({ state }) => state === 'interrupted')) return 'open';
  if (steps.some(({ state, signal }) => state === 'waiting' && signal === undefined)) return 'waiting';
  return steps.some(({ state }) => state === 'done') ? 'open' : 'new';
}
