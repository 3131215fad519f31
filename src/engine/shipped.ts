import type { Applied, Plan, PlanOptions } from '../contract/index.ts';
import { listCodemods } from '../registry/index.ts';
import { surveyMentions, takeSurvey } from '../survey/index.ts';
import { type ApplyOptions, applyWith } from './apply/apply-plan.ts';
import type { Workbench } from './plan/compose-plan.ts';
import { planWith } from './plan/create-plan.ts';
import { diffWith, type FileDiff } from './plan/diff-plan.ts';
import { readAsset, toolVersion } from './plan/toolkit.ts';

// With what the toolkit ships, unless another workbench is given. A file of its own: what begins a service loads no survey and no codemod.

/** What the shipped toolkit plans with. */
export function shippedWorkbench(): Workbench {
  return { codemods: listCodemods(), version: toolVersion(), mentions: surveyMentions, takeSurvey, asset: readAsset };
}

/** Plans what would change in a folder. Writes nothing. */
export function createPlan(root: string, options: PlanOptions, workbench: Workbench = shippedWorkbench()): Plan {
  return planWith(root, options, workbench);
}

/** Unified diffs of a plan, file by file. */
export function diffPlan(root: string, plan: Plan, workbench: Workbench = shippedWorkbench()): readonly FileDiff[] {
  return diffWith(root, plan, workbench);
}

/** Writes a plan: all of it or nothing, and only on the tree it was made for. */
export function applyPlan(root: string, plan: Plan, options: ApplyOptions = {}, workbench: Workbench = shippedWorkbench()): Applied {
  return applyWith(root, plan, options, workbench);
}
