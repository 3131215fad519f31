import type { NormalSpan, Receiver, SpanRecord } from '../../trace/index.ts';
import { labelOf, parseRange } from '../../trace/index.ts';
import { recordedTraces } from '../setup/golden-files.ts';
import type { Exchange } from './send-request.ts';
import { workOf } from './work-spans.ts';

/** `service KIND name`, `KIND name`, or the name alone. */
export function isCalled(span: Pick<SpanRecord, 'service' | 'kind' | 'name'>, label: string): boolean {
  return [labelOf(span), `${span.kind} ${span.name}`, span.name].includes(label);
}

/** How many spans of each service and kind a golden trace holds at least; names may have changed. */
function countKinds(spans: readonly NormalSpan[], counts: Map<string, number> = new Map()): Map<string, number> {
  for (const { service, kind, count = 1, children = [] } of spans) {
    const least = typeof count === 'number' ? count : Math.max(0, parseRange(count)?.low ?? 0);
    const key = `${service} ${kind}`;
    counts.set(key, (counts.get(key) ?? 0) + (Number.isFinite(least) ? least : 0));
    countKinds(children, counts);
  }
  return counts;
}

function hasKinds(wanted: ReadonlyMap<string, number>, spans: readonly SpanRecord[]): boolean {
  return [...wanted].every(([key, least]) => spans.filter(({ service, kind }) => `${service} ${kind}` === key).length >= least);
}

/** Waits for the work that a command began: the spans that it names, else one of the service. */
export async function awaitWork(step: Exchange, before: readonly Exchange[], { receiver, requestMs, signal }: SpanWaiting): Promise<void> {
  const { expectSpans } = step.request;
  const work = (): readonly SpanRecord[] => workOf(step, before, receiver.spans);
  const isDone = (): boolean =>
    expectSpans.length === 0
      ? work().some(({ kind }) => kind === 'CONSUMER')
      : expectSpans.every((label) => work().some((span) => isCalled(span, label)));
  await receiver.until(isDone, expectSpans.length === 0 ? Math.min(requestMs, 5_000) : requestMs, signal);
}

export interface SpanWaiting {
  readonly root: string;
  readonly receiver: Receiver;
  /** For spans that `expect.spans` names. */
  readonly requestMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Work may go on after the answer: a queue, a timer, a batch. Waits until the spans that requests expect, and those of the golden trace, are seen.
 * Never longer than `requestMs`; for the golden trace at most five seconds, and not at all when nothing is sent before the end.
 */
export async function awaitSpans(exchanges: readonly Exchange[], { root, receiver, requestMs, signal }: SpanWaiting): Promise<void> {
  const answered = exchanges.filter(({ error }) => error === undefined);
  const of = (exchange: Exchange): readonly SpanRecord[] =>
    exchange.request.isCommand
      ? workOf(exchange, exchanges, receiver.spans)
      : receiver.spans.filter(({ traceId }) => traceId === exchange.traceId);
  const expected = (): boolean =>
    answered.every((exchange) => exchange.request.expectSpans.every((label) => of(exchange).some((span) => isCalled(span, label))));
  await receiver.until(expected, requestMs, signal);
  const golden = recordedTraces(root, exchanges);
  const wanted = answered.flatMap((exchange) => {
    const recorded = golden.get(exchange);
    return recorded ? [{ exchange, kinds: countKinds(recorded.spans) }] : [];
  });
  const whole = (): boolean => wanted.every(({ exchange, kinds }) => hasKinds(kinds, of(exchange)));
  if (await receiver.until(() => receiver.spans.length > 0 || whole(), 1_000, signal)) await receiver.until(whole, 5_000, signal);
}
