import type { PlanOptions } from '../../contract/index.ts';
import type { AppliedReview, ApplyOrder } from './apply-reviewed.ts';
import type { DraftFacts } from './draft-scenario.ts';
import type { PlanReview } from './review-plan.ts';
import type { StatusFacts } from './tell-status.ts';
import type { VerifyFacts, VerifyOrder } from './verify-migrated.ts';

/** What a piece of work may use while it goes on. */
export interface Worker {
  /** Says what takes so long. */
  say(what: string): void;
  readonly signal: AbortSignal;
}

/** What each piece of work is given; all of it travels as JSON. */
export interface Orders {
  readonly apply: ApplyOrder;
  readonly draft: Readonly<Record<string, never>>;
  readonly plan: PlanOptions;
  readonly status: Readonly<Record<string, never>>;
  readonly verify: VerifyOrder;
}

/** What each piece of work finds. */
export interface Findings {
  readonly apply: AppliedReview;
  readonly draft: DraftFacts;
  readonly plan: PlanReview;
  readonly status: StatusFacts;
  readonly verify: VerifyFacts;
}

export type WorkName = keyof Orders;

type Work<Order, Found> = (root: string, order: Order, worker: Worker) => Found | Promise<Found>;

/** Does one piece of work in this process. The engine is loaded by the first that needs it. */
export async function doWork<Name extends WorkName>(
  name: Name,
  root: string,
  order: Orders[Name],
  worker: Worker,
): Promise<Findings[Name]> {
  const work = await load[name]();
  return work(root, order, worker);
}

const load: { readonly [Name in WorkName]: () => Promise<Work<Orders[Name], Findings[Name]>> } = {
  apply: async () => (await import('./apply-reviewed.ts')).applyReviewed,
  draft: async () => (await import('./draft-scenario.ts')).draftScenario,
  plan: async () => (await import('./review-plan.ts')).reviewPlan,
  status: async () => (await import('./tell-status.ts')).tellStatus,
  verify: async () => (await import('./verify-migrated.ts')).verifyMigrated,
};
