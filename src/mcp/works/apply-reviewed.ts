import { existsSync } from 'node:fs';
import { type Applied, type NewService, type PlanOptions, type Task, TracewrightError } from '../../contract/index.ts';
import { applyPlan, createPlan, readReceipt } from '../../engine/index.ts';
import { describeInstall, missingInstalls } from '../../install/index.ts';
import { tasksOf } from '../../review/index.ts';
import { beginService, planNewService } from '../../scaffold/index.ts';

/** The plan that was reviewed, and which of its codemods to use. */
export interface ApplyOrder {
  readonly planHash: string;
  readonly choice: PlanOptions;
}

export interface AppliedReview extends Omit<Applied, 'installs'> {
  /** Of the plan that was written: another one when codemods were left out. */
  readonly planHash: string;
  readonly tasks: readonly Task[];
  /** What has to be installed now. */
  readonly installs: readonly string[];
}

/** Plans again and writes that plan, if it is the one that was reviewed, or a part of it. Throws TW2001 otherwise, and TW2006 where an apply was interrupted: putting that back is for `undo`, which somebody asks for. */
export function applyReviewed(root: string, { planHash, choice }: ApplyOrder): AppliedReview {
  if (choice.scaffold !== undefined) return beginReviewed(root, planHash, choice.scaffold);
  const plan = createPlan(root, choice);
  const isDone = plan.files.length === 0 && readReceipt(root)?.applied.some((applied) => applied.plan === planHash) === true;
  if (plan.hash !== planHash && !isDone && !isPart(root, planHash, choice))
    throw new TracewrightError('TW2001', 'the hash is not that of a plan of this tree as it is now');
  const applied = applyPlan(root, plan);
  const installs = (applied.changed > 0 ? applied.installs : missingInstalls(root)).map(describeInstall);
  return { ...applied, installs, planHash: plan.hash, tasks: tasksOf(plan) };
}

/** A new service; a second call changes nothing. */
function beginReviewed(root: string, planHash: string, scaffold: NewService): AppliedReview {
  if (readBegun(root)?.applied.some((applied) => applied.plan === planHash) === true) {
    const installs = missingInstalls(root).map(describeInstall);
    return { status: 'unchanged', changed: 0, files: [], git: 'not-asked', recovered: false, planHash, tasks: [], installs };
  }
  const { plan } = planNewService(root, scaffold);
  if (plan.hash !== planHash) throw new TracewrightError('TW2001', 'the hash is not that of a plan of this service');
  const applied = beginService(root, plan);
  return { ...applied, installs: applied.installs.map(describeInstall), planHash, tasks: [] };
}

function readBegun(root: string): ReturnType<typeof readReceipt> {
  return existsSync(root) ? readReceipt(root) : undefined;
}

/** The whole plan of this tree was reviewed, and codemods are left out of it. */
function isPart(root: string, planHash: string, { only, skip, with: also = [] }: PlanOptions): boolean {
  if (also.length > 0 || only.length + skip.length === 0) return false;
  return createPlan(root, { only: [], skip: [] }).hash === planHash;
}
