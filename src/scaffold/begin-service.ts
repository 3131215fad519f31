import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Applied, type NewService, type Plan, TracewrightError } from '../contract/index.ts';
import { applyWith } from '../engine/apply/apply-plan.ts';
import type { Workbench } from '../engine/plan/compose-plan.ts';
import { compositionOf, planWith } from '../engine/plan/create-plan.ts';
import { diffWith } from '../engine/plan/diff-plan.ts';
import type { Look } from '../review/index.ts';
import { checkPlace, leavePlace, makePlace } from './new-place.ts';
import { newServiceWorkbench } from './workbench.ts';

/** A plan of a new service, and what a person is told of it. */
export type NewLook = Pick<Look, 'plan' | 'survey' | 'diffs' | 'left'>;

/** Plans a new service in a folder that is empty or not there yet. Writes nothing. */
export function planNewService(folder: string, scaffold: NewService, workbench: Workbench = newServiceWorkbench(scaffold)): NewLook {
  checkPlace(folder);
  const plan = planWith(folder, { only: [], skip: [], scaffold }, workbench);
  const { survey } = compositionOf(folder, plan, workbench);
  return { plan, survey, diffs: diffWith(folder, plan, workbench), left: [] };
}

/** Writes a new service: all of it, or not even its folder. */
export function beginService(folder: string, plan: Plan, workbench: Workbench = workbenchOf(plan)): Applied {
  if (isBegun(folder)) return applyWith(folder, plan, {}, workbench);
  checkPlace(folder);
  const made = makePlace(folder);
  try {
    return applyWith(folder, plan, {}, workbench);
  } catch (error) {
    leavePlace(made);
    throw error;
  }
}

function workbenchOf({ options: { scaffold } }: Plan): Workbench {
  if (scaffold === undefined) throw new TracewrightError('TW9001', 'a plan that begins no service');
  return newServiceWorkbench(scaffold);
}

/** The same plan again, where it was applied before, changes nothing. */
function isBegun(folder: string): boolean {
  return existsSync(join(folder, '.tracewright', 'receipt.json'));
}
