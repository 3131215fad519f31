import type { Codemod, Plan, PlanOptions, Survey, Task } from '../contract/index.ts';
import { compositionOf, createPlan, diffPlan, type FileDiff, shippedWorkbench } from '../engine/index.ts';
import { listCodemods } from '../registry/index.ts';

/** Everything a person is told about a repository before it is changed. */
export interface Look {
  readonly plan: Plan;
  readonly survey: Survey;
  readonly codemods: readonly Codemod[];
  readonly diffs: readonly FileDiff[];
}

/** Plans, and keeps what the plan was made from. */
export function look(root: string, options: PlanOptions): Look {
  const plan = createPlan(root, options);
  return { plan, survey: compositionOf(root, plan, shippedWorkbench()).survey, codemods: listCodemods(), diffs: diffPlan(root, plan) };
}

/** Tasks of all codemods, in plan order. */
export function tasksOf({ codemods }: Plan): readonly Task[] {
  return codemods.flatMap((codemod) => (codemod.status === 'applies' ? codemod.tasks : []));
}
