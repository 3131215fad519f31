import type { Answer, Input } from '../answer.ts';
import type { HunkRow, PlanReview } from '../works/review-plan.ts';

/** What `plan` answers, over all pages that were read. */
export interface PlanAnswer extends Answer, Partial<Pick<PlanReview, 'counts' | 'services' | 'reasons' | 'files' | 'leftAlone'>> {
  readonly planHash: string;
  readonly tasks?: PlanReview['tasks'];
  readonly problems?: PlanReview['problems'];
  readonly satisfied?: PlanReview['satisfied'];
  readonly nextCursor?: string;
}

/** What `apply` or `undo` answered. */
export interface Outcome extends Answer {
  readonly files?: readonly string[];
  readonly changed?: number;
  readonly installs?: readonly string[];
  readonly tasks?: readonly string[];
}

/** What a tool refused, and why. */
export interface Refusal extends Answer {
  readonly code: string;
  readonly message: string;
}

export interface PlanState {
  /** The arguments of the call that is shown. */
  readonly input: Input;
  /** With every codemod that was asked for. */
  readonly whole?: PlanAnswer;
  /** Without those that were left out here. */
  readonly chosen?: PlanAnswer;
  readonly skipped: readonly string[];
  readonly hunks: readonly HunkRow[];
  /** Where the diff goes on; `first` before any of it was read. */
  readonly hunksFrom?: string;
  /** What is going on. */
  readonly busy?: string;
  readonly asking?: 'apply' | 'undo';
  readonly applied?: Outcome;
  readonly undone?: Outcome;
  readonly refusal?: Refusal;
  /** Whether the host lets a view call tools. */
  readonly canCall: boolean;
}

export const emptyPlan: PlanState = { input: {}, skipped: [], hunks: [], canCall: true };

/** A plan that was just read: nothing of an older one stays. */
export function shownPlan({ input, canCall }: PlanState, whole: PlanAnswer): PlanState {
  return { input, canCall, whole, chosen: whole, skipped: [], hunks: [], hunksFrom: 'first' };
}

/** Codemods in the order in which their edits appear. */
export function codemodsOf({ whole }: PlanState): readonly string[] {
  return [...new Set((whole?.reasons ?? []).map(({ codemod }) => codemod))];
}

/** Two pages of one answer as one; the first says what comes next. */
export function joinPages<A extends Answer>(first: A, later: A): A {
  const joined: Record<string, unknown> = { ...first };
  delete joined['nextCursor'];
  for (const [key, value] of Object.entries(later)) {
    const before = joined[key];
    if (Array.isArray(value)) joined[key] = [...(Array.isArray(before) ? before : []), ...value];
  }
  return { ...joined, ...(later['nextCursor'] === undefined ? {} : { nextCursor: later['nextCursor'] }) } as A;
}
