import type { SpanRecord } from '../../trace/index.ts';
import type { Heard } from '../judge/gather-evidence.ts';
import type { Exchange } from './send-request.ts';

/** Spans of the traces that began while a command and its work went on, and that are of no request. */
export function workOf(step: Exchange, others: readonly Exchange[], spans: readonly SpanRecord[]): readonly SpanRecord[] {
  const asked = new Set(others.filter(({ request }) => !request.isCommand).map(({ traceId }) => traceId));
  const begins = new Map<string, number>();
  for (const { traceId, startMs } of spans) begins.set(traceId, Math.min(begins.get(traceId) ?? startMs, startMs));
  return spans.filter(({ traceId }) => {
    const begin = begins.get(traceId) ?? 0;
    return traceId === step.traceId || (!asked.has(traceId) && begin >= step.sentMs && begin <= step.endedMs);
  });
}

/** What a run sent, with the work of each command under the id of its step: what puts a job seldom passes a trace along. */
export function withWork(exchanges: readonly Exchange[], { spans, logs }: Heard): Heard {
  const steps = exchanges.filter(({ request }) => request.isCommand);
  const stepOf = new Map(steps.flatMap((step) => workOf(step, exchanges, spans).map(({ traceId }) => [traceId, step.traceId] as const)));
  if (stepOf.size === 0) return { spans, logs };
  const moved = <Part extends { readonly traceId?: string }>(part: Part): Part => {
    const traceId = part.traceId === undefined ? undefined : stepOf.get(part.traceId);
    return traceId === undefined ? part : { ...part, traceId };
  };
  return { spans: spans.map(moved), logs: logs.map(moved) };
}
