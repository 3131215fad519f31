import type { KnownStep } from './graph.ts';
import { readTasks } from './open-tasks.ts';
import type { StepStatus, TaskStatus } from './status.ts';

/** How the tasks stand, in under 1 kB of JSON: enough for an agent that has forgotten everything else. */
export interface TaskSummary {
  readonly state: TaskStatus['state'] | 'none';
  readonly done: number;
  readonly total: number;
  readonly branch?: string;
  /** Ids, at most three each. */
  readonly failed: readonly string[];
  readonly waiting: readonly string[];
  readonly running: readonly string[];
  /** What the first step that waits or failed is about, cut to fit. */
  readonly about?: string;
  /** One command. */
  readonly next: string;
}

const LIMIT = 1000;

/** Reads the tasks of a folder and says in a few words how they stand. Writes nothing. */
export function summarizeTasks(root: string): TaskSummary {
  const status = readTasks(root);
  if (status !== undefined) return summaryOf(status);
  return { state: 'none', done: 0, total: 0, failed: [], waiting: [], running: [], next: 'tracewright tasks plan' };
}

/** Cuts what the steps say until the whole fits. */
export function summaryOf(status: TaskStatus): TaskSummary {
  const ids = (wanted: StepStatus['state']): readonly string[] =>
    status.steps
      .filter(({ state }) => state === wanted)
      .slice(0, 3)
      .map(({ step }) => step.id);
  const whole: TaskSummary = {
    state: status.state,
    done: status.steps.filter(({ state }) => state === 'done').length,
    total: status.steps.length,
    branch: branchesOf(status),
    failed: ids('failed'),
    waiting: ids('waiting'),
    running: ids('running'),
    next: nextOf(status),
  };
  const about = aboutOf(status);
  for (let length = Math.min(about.length, LIMIT); length > 0; length = Math.floor(length * 0.8)) {
    const summary = { ...whole, about: length < about.length ? `${about.slice(0, length)}…` : about };
    if (Buffer.byteLength(JSON.stringify(summary)) <= LIMIT) return summary;
  }
  return whole;
}

/** The branch of the work; of several repositories each once. */
function branchesOf({ graph }: TaskStatus): string {
  return [...new Set(Object.values(graph.repositories).map(({ branch }) => branch))].join(', ');
}

/** The one command that brings the tasks further. */
export function nextOf(status: TaskStatus): string {
  const open = status.steps.find(({ state, signal }) => state === 'waiting' && signal === undefined);
  switch (status.state) {
    case 'done':
      return status.graph.repositories['.'] === undefined ? `git -C ${Object.keys(status.graph.repositories)[0]} log` : 'git log';
    case 'running':
      return 'tracewright tasks status';
    case 'failed':
    case 'cancelled':
      return 'tracewright tasks resume';
    case 'waiting':
      return `tracewright tasks approve ${open?.step.id ?? ''}`;
    default:
      return 'tracewright tasks run';
  }
}

function aboutOf({ steps }: TaskStatus): string {
  const each = steps.find(({ state }) => state === 'failed') ?? steps.find(({ state }) => state === 'waiting');
  if (each === undefined) return '';
  const refused = each.failure === undefined ? [] : [`${each.failure.code} ${each.failure.reason}`];
  return [...refused, ...(each.state === 'waiting' ? [askedOf(each.step)] : [])].join('; ');
}

/** What a step that waits wants from whoever answers it. */
export function askedOf(step: KnownStep): string {
  if (step.kind === 'gate') return step.input.question;
  return step.kind === 'agent' ? step.input.instruction : '';
}
