import { type PlanOptions, TracewrightError } from '../../contract/index.ts';
import { applyPlan, createPlan, readReceipt, recoverApply } from '../../engine/index.ts';
import { openRepo } from '../../engine/plan/open-repo.ts';
import { takeSurvey } from '../../survey/index.ts';
import type { StepHandler } from '../engine.ts';
import type { StepInput } from '../graph.ts';

const AGAIN = { next: 'Plan the tasks again with `tracewright tasks plan --again`.' };

/** Reads the repository again and compares its services with those the tasks were planned for. */
export const survey: StepHandler<'survey'> = async ({ input }, { root }) => {
  const services = takeSurvey(openRepo(root)).services.map(({ name }) => name);
  if (services.join('\0') !== input.services.join('\0'))
    throw new TracewrightError('TW2001', `its services are ${services.join(', ') || 'none'} now`, AGAIN);
  return { status: 'done', output: { services } };
};

/** Plans again and compares with the plan the tasks stand for; applied already is as good. */
export const plan: StepHandler<'plan'> = async ({ input }, { root }) => {
  if (isApplied(root, input.plan)) return { status: 'done', output: { plan: input.plan } };
  const made = createPlan(root, optionsOf(input));
  checkPlanned(made.hash, input.plan);
  return { status: 'done', output: { plan: made.hash, files: made.files.map(({ file }) => file) } };
};

/** Writes the plan, all of it or nothing; once, however often it is called. */
export const apply: StepHandler<'apply'> = async ({ input }, { root }) => {
  recoverApply(root);
  if (isApplied(root, input.plan)) return { status: 'done', output: { plan: input.plan, changed: 0 } };
  const made = createPlan(root, optionsOf(input));
  checkPlanned(made.hash, input.plan);
  const { changed } = applyPlan(root, made);
  return { status: 'done', output: { plan: made.hash, changed } };
};

function checkPlanned(now: string, planned: string): void {
  if (now !== planned) throw new TracewrightError('TW2001', `its plan is ${now.slice(0, 12)} now, not ${planned.slice(0, 12)}`, AGAIN);
}

function isApplied(root: string, hash: string): boolean {
  return readReceipt(root)?.applied.at(-1)?.plan === hash;
}

function optionsOf({ only, skip, with: also }: StepInput<'plan'>): PlanOptions {
  return { only, skip, ...(also.length > 0 && { with: also }) };
}
