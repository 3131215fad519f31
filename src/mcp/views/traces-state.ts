import type { Answer, Input } from '../answer.ts';
import type { SpanRow } from '../span-rows.ts';
import type { RequestFacts, VerifyFacts } from '../works/verify-migrated.ts';
import type { Refusal } from './plan-state.ts';

/** Where a trace begins in the rows of an answer. */
export type RequestRow = Partial<Omit<RequestFacts, 'spans' | 'request'>> & { readonly request: string };

export type TraceRow = RequestRow | SpanRow;

/** Milliseconds after the start of its trace, and how long it took; empty for a request. */
export type Times = readonly number[];

export interface CheckRow {
  readonly id: string;
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  readonly summary: string;
  readonly details?: readonly string[];
  readonly more?: number;
  readonly next?: string;
}

/** What `verify` answers, over all pages that were read. */
export interface VerifyAnswer extends Answer {
  readonly ok: boolean;
  readonly verdict?: string;
  readonly spans?: number;
  readonly checks?: readonly CheckRow[];
  readonly golden?: VerifyFacts['golden'];
  readonly traces?: readonly TraceRow[];
  readonly nextCursor?: string;
}

export interface TracesState {
  readonly input: Input;
  readonly summary?: VerifyAnswer;
  readonly traces: readonly TraceRow[];
  readonly times: readonly Times[];
  readonly golden: VerifyFacts['golden'];
  /** Pages that were not read. */
  readonly isCut?: boolean;
  readonly busy?: string;
  readonly isAsking?: boolean;
  readonly refusal?: Refusal;
  readonly canCall: boolean;
}

/** A request, and its spans with their times. */
export interface ShownTrace {
  readonly request: RequestRow;
  readonly spans: readonly { readonly span: SpanRow; readonly times: Times }[];
}

/** Rows as traces: each row without a depth begins one. */
export function tracesIn({ traces, times }: Pick<TracesState, 'traces' | 'times'>): readonly ShownTrace[] {
  const found: { readonly request: RequestRow; readonly spans: ShownTrace['spans'][number][] }[] = [];
  for (const [index, row] of traces.entries()) {
    if ('depth' in row) found.at(-1)?.spans.push({ span: row, times: times[index] ?? [] });
    else found.push({ request: row, spans: [] });
  }
  return found;
}
