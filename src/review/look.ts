import type { Codemod, Plan, PlanOptions, Survey, Task } from '../contract/index.ts';
import {
  compositionOf,
  createPlan,
  diffPlan,
  type FileDiff,
  leftTasks,
  type OpenTask,
  shippedWorkbench,
  type Workbench,
} from '../engine/index.ts';
import { listCodemods } from '../registry/index.ts';

/** Everything a person is told about a repository before it is changed. */
export interface Look {
  readonly plan: Plan;
  readonly survey: Survey;
  readonly codemods: readonly Codemod[];
  readonly diffs: readonly FileDiff[];
  /** Tasks of this plan and of those before it, without what is done or dismissed. */
  readonly left: readonly OpenTask[];
}

/** Plans, and keeps what the plan was made from. */
export function look(root: string, options: PlanOptions, workbench: Workbench = shippedWorkbench()): Look {
  const plan = createPlan(root, options, workbench);
  const { survey } = compositionOf(root, plan, workbench);
  return { plan, survey, codemods: listCodemods(), diffs: diffPlan(root, plan, workbench), left: leftTasks(root, plan, () => workbench) };
}

/** Tasks of all codemods, in plan order. */
export function tasksOf({ codemods }: Plan): readonly Task[] {
  return codemods.flatMap((codemod) => (codemod.status === 'applies' ? codemod.tasks : []));
}
