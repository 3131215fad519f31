import type { KnownStep } from '../graph.ts';
import { markOf } from './claude-task.ts';
import { addTask, highestId, readListNow } from './list-files.ts';
import { withList } from './list-lock.ts';
import type { Look, Mirror } from './mirror.ts';
import { taskOf } from './seed-task.ts';

/** Gives each open step that has no task one, in the order of the graph; the steps that got one. Takes no lock when there is nothing to do. */
export async function seedTasks(mirror: Mirror, { ours, broken, kept }: Look): Promise<readonly string[]> {
  // A half-written file may still become the task it was.
  const unsure = kept.filter(({ id, gone }) => !gone && broken.includes(id)).map(({ identity }) => identity);
  const isMissing = missingIn(mirror, [...ours.map((task) => markOf(task)?.identity), ...unsure]);
  if (!mirror.status.steps.some(isMissing)) return [];
  const { folder, repo } = mirror.place;
  return withList(folder, () => {
    const now = readListNow(folder).filter((task) => markOf(task)?.repo === repo);
    const steps = mirror.status.steps.filter(missingIn(mirror, [...now.map((task) => markOf(task)?.identity), ...unsure]));
    // Ids are never given twice, not even by a version that does not remember them.
    let next = Math.max(highestId(folder), ...kept.map(({ id }) => Number(id))) + 1;
    const ids = new Map(now.map((task) => [markOf(task)?.step ?? '', task.id]));
    for (const [index, { step }] of steps.entries()) ids.set(step.id, String(next + index));
    for (const { step } of steps) {
      while (!addTask(folder, draftOf(mirror, step, String(next), ids))) next += 1;
      ids.set(step.id, String(next));
      next += 1;
    }
    return steps.map(({ step }) => step.id);
  });
}

type Steps = Mirror['status']['steps'];

function missingIn({ status }: Mirror, present: readonly (string | undefined)[]): (step: Steps[number]) => boolean {
  const identities = new Set(present);
  const open = new Set(status.steps.filter(({ state }) => state !== 'done').map(({ step }) => step.identity));
  return ({ step }) => open.has(step.identity) && !identities.has(step.identity);
}

function draftOf({ place, status }: Mirror, step: KnownStep, id: string, ids: ReadonlyMap<string, string>): ReturnType<typeof taskOf> {
  const later = status.steps.filter((other) => other.step.after.includes(step.id)).map((other) => other.step.id);
  const taskIds = (steps: readonly string[]): readonly string[] => steps.flatMap((each) => ids.get(each) ?? []);
  const mark = { repo: place.repo, step: step.id, identity: step.identity };
  return taskOf(step, id, mark, { blocks: taskIds(later), blockedBy: taskIds(step.after) });
}
