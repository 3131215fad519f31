import { type LeftTask, type Plan, type Receipt, TracewrightError } from '../../contract/index.ts';
import { type OpenTask, readDismissed, taskId } from '../apply/dismissed.ts';
import { readReceipt } from '../apply/receipt.ts';
import { byCodeUnit } from './canonical.ts';
import { composePlan, type Workbench } from './compose-plan.ts';
import { openFolder, realRoot } from './open-repo.ts';
import { treeBefore } from './tree-before.ts';

/**
 * What is left to a person: the tasks of today's plan, and those of applied plans until they are done or dismissed. A codemod that has
 * nothing more to write says nothing of its tasks, so it is asked again on the tree as it would be without the migration.
 */
export function leftTasks(root: string, plan: Plan | undefined, workbench: () => Workbench): readonly OpenTask[] {
  const receipt = readReceipt(root);
  const applied = receipt?.applied.flatMap(({ tasks = [] }) => tasks) ?? [];
  const today = plan === undefined ? [] : tasksIn(plan);
  const gone = new Set(readDismissed(root).map(({ task }) => task));
  const earlier = receipt === undefined || applied.length === 0 ? [] : stillLeft(root, receipt, applied, workbench());
  const named = new Map([...earlier, ...today].map((task) => [taskId(task), task]));
  return [...named]
    .filter(([id]) => !gone.has(id))
    .map(([id, task]) => ({ ...task, id }))
    .sort((a, b) => byCodeUnit(a.file, b.file) || a.line - b.line || byCodeUnit(a.id, b.id));
}

function tasksIn({ codemods }: Plan): readonly LeftTask[] {
  return codemods.flatMap((one) => (one.status === 'applies' ? one.tasks.map((task) => ({ codemod: one.id, ...task })) : []));
}

function stillLeft(root: string, receipt: Receipt, applied: readonly LeftTask[], workbench: Workbench): readonly LeftTask[] {
  const { tree, unknown } = treeBefore(openFolder(realRoot(root), []), receipt);
  const codemods = [...new Set(applied.map(({ codemod }) => codemod))].filter((id) =>
    workbench.codemods.some(({ meta }) => meta.id === id),
  );
  const anew = attempt(() => composePlan(tree, { only: [], skip: [], with: codemods }, workbench).plan);
  if (anew === undefined) return applied;
  const open = new Set(tasksIn(anew).map(taskId));
  // Of a file that was edited since, nobody can tell what it would be without the migration.
  return applied.filter((task) => open.has(taskId(task)) || unknown.includes(task.file));
}

/** A tree that cannot be planned says nothing. */
function attempt(action: () => Plan): Plan | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof TracewrightError) return undefined;
    throw error;
  }
}
