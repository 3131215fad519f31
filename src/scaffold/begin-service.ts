import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Applied, NewService, Plan, PlanOptions } from '../contract/index.ts';
import { applyPlan, shippedWorkbench, type Workbench } from '../engine/index.ts';
import { type Look, look } from '../review/index.ts';
import { checkPlace, leavePlace, makePlace } from './new-place.ts';
import { newServiceWorkbench } from './workbench.ts';

/** What a plan of these options is made with: a template, or the shipped codemods. */
function workbenchFor({ scaffold }: PlanOptions): Workbench {
  return scaffold === undefined ? shippedWorkbench() : newServiceWorkbench(scaffold);
}

/** Plans a new service in a folder that is empty or not there yet. Writes nothing. */
export function planNewService(folder: string, scaffold: NewService): Look {
  const options = { only: [], skip: [], scaffold };
  const workbench = workbenchFor(options);
  checkPlace(folder);
  return look(folder, options, workbench);
}

/** Writes a new service: all of it, or not even its folder. */
export function beginService(folder: string, plan: Plan): Applied {
  const workbench = workbenchFor(plan.options);
  if (isBegun(folder)) return applyPlan(folder, plan, { allowDirty: true }, workbench);
  checkPlace(folder);
  const made = makePlace(folder);
  try {
    // In an empty folder there is nothing that git could know better.
    return applyPlan(folder, plan, { allowDirty: true }, workbench);
  } catch (error) {
    leavePlace(made);
    throw error;
  }
}

/** The same plan again, where it was applied before, changes nothing. */
function isBegun(folder: string): boolean {
  return existsSync(join(folder, '.tracewright', 'receipt.json'));
}
