import { TracewrightError } from '../../contract/index.ts';
import { type TaskHome, taskHome } from '../home.ts';
import { readTasks } from '../open-tasks.ts';
import type { StepStatus, TaskStatus } from '../status.ts';
import { alignTask } from './align.ts';
import { type KeptTask, keepTasks } from './archive.ts';
import { type ClaudeTask, markOf } from './claude-task.ts';
import { readList } from './list-files.ts';
import { codeOf } from './list-lock.ts';
import { findList, type ListPlace } from './list-place.ts';
import { seedTasks } from './seed-tasks.ts';

/** What the list of Claude Code and our steps have to do with each other now. */
export interface Mirrored {
  readonly list: string;
  readonly folder: string;
  /** Steps that got a task. */
  readonly seeded: readonly string[];
  /** Steps whose task was changed. */
  readonly changed: readonly string[];
  /** Steps that were completed there and are not done: pending again. */
  readonly reset: readonly string[];
  /** Steps whose task is in the list now. */
  readonly present: readonly string[];
  /** Tasks of ours that are kept here and no longer in the list. */
  readonly gone: number;
  /** Tasks of others, which are never touched. */
  readonly others: number;
  /** Files that hold no whole task: `7.json`. */
  readonly broken: readonly string[];
  readonly done: number;
  readonly total: number;
  readonly warnings: readonly string[];
}

/** The steps of a folder, and the list that mirrors them. */
export interface Mirror {
  readonly home: TaskHome;
  readonly place: ListPlace;
  readonly status: TaskStatus;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws TW4001 when there are no tasks. */
export function openMirror(root: string, env: Environment): Mirror {
  const home = taskHome(root);
  const status = readTasks(root);
  if (status === undefined) throw new TracewrightError('TW4001', root);
  return { home, status, place: findList(home.root, status.graph.repositories['.']?.branch ?? '', env) };
}

/** Keeps in the repository what Claude Code's list says. */
export async function exportTasks(root: string, env: Environment): Promise<Mirrored> {
  const mirror = openMirror(root, env);
  return onList(mirror, async () => answer(mirror, await look(mirror), {}));
}

/** Keeps what the list says, and gives every open step a task that has none. */
export async function seedList(root: string, env: Environment): Promise<Mirrored> {
  const mirror = openMirror(root, env);
  return onList(mirror, async () => {
    const seeded = await seedTasks(mirror, await look(mirror));
    return answer(mirror, await look(mirror), { seeded });
  });
}

/** The same, and brings every task of ours in line with its step: what is done here is completed there, never the other way round. */
export async function syncTasks(root: string, env: Environment): Promise<Mirrored> {
  const mirror = openMirror(root, env);
  return onList(mirror, async () => {
    const seeded = await seedTasks(mirror, await look(mirror));
    const between = await look(mirror);
    const ids = new Map(between.ours.map((task) => [markOf(task)?.identity ?? '', task.id]));
    const changed: string[] = [];
    const reset: string[] = [];
    for (const task of between.ours) {
      const aligned = await alignTask(mirror, task, ids);
      if (aligned !== undefined) (aligned.reset ? reset : changed).push(aligned.step);
    }
    const after = changed.length + reset.length > 0 ? await look(mirror) : between;
    return answer(mirror, after, { seeded, changed, reset });
  });
}

/** What a look into the list found; everything of ours is kept by then. */
export interface Look {
  readonly ours: readonly ClaudeTask[];
  readonly others: number;
  readonly broken: readonly string[];
  readonly kept: readonly KeptTask[];
}

async function look({ home, place }: Mirror): Promise<Look> {
  const { tasks, broken } = await readList(place.folder);
  const ours = tasks.filter((task) => markOf(task)?.repo === place.repo);
  return { ours, others: tasks.length - ours.length, broken, kept: await keepTasks(home, ours, broken) };
}

function answer(
  { place, status }: Mirror,
  { ours, others, broken, kept }: Look,
  done: Partial<Pick<Mirrored, 'seeded' | 'changed' | 'reset'>>,
): Mirrored {
  const isDone = ({ state }: StepStatus): boolean => state === 'done';
  return {
    list: place.id,
    folder: place.folder,
    seeded: [],
    changed: [],
    reset: [],
    ...done,
    present: ours.flatMap((task) => markOf(task)?.step ?? []),
    gone: kept.filter(({ gone }) => gone).length,
    others,
    broken: broken.map((id) => `${id}.json`),
    done: status.steps.filter(isDone).length,
    total: status.steps.length,
    warnings: place.warnings,
  };
}

/** What the system refuses in the folder of the list, as TW4021. */
async function onList<Result>({ place }: Mirror, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TracewrightError || codeOf(cause) === '') throw cause;
    throw new TracewrightError('TW4021', `${place.folder}: ${codeOf(cause)}`, { cause });
  }
}
