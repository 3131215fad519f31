import { labelOf, type SpanRecord } from '../../trace/index.ts';
import type { Beside } from '../run/run-scenarios.ts';
import type { Exchange } from '../run/send-request.ts';
import { plural } from './plural.ts';
import type { Check } from './report.ts';

/** A span that one request caused and that lies in the trace of another. */
export interface MixUp {
  readonly owner: Exchange;
  readonly holder: Exchange;
  readonly spans: readonly string[];
  readonly how: 'one after the other' | 'at the same time';
}

/** How often each span label occurs. */
type Labels = ReadonlyMap<string, number>;

export function labelsOf(spans: readonly SpanRecord[], traceId: string): Labels {
  const found = new Map<string, number>();
  for (const span of spans) {
    if (span.traceId !== traceId) continue;
    const label = labelOf(span);
    found.set(label, (found.get(label) ?? 0) + 1);
  }
  return found;
}

/** Labels that occur more often in the one than in the other. */
export function more(one: Labels, other: Labels): string[] {
  return [...one].filter(([label, count]) => count > (other.get(label) ?? 0)).map(([label]) => label);
}

interface Round {
  readonly alone: Exchange;
  readonly together: Exchange;
  readonly before: Labels;
  readonly after: Labels;
}

/**
 * Requests whose spans changed places when they were sent at the same time: what one lost, another one of the round has too much of, or
 * one that was answered long before. A cache or an answer that is shared makes them fewer in all: then what one did alone, another one
 * may do for both.
 */
export function mixedTogether(beside: readonly Beside[], spans: readonly SpanRecord[]): MixUp[] {
  return [...new Set(beside.map(({ alone }) => alone.scenario))].flatMap((scenario) => {
    const own = beside.filter(({ alone }) => alone.scenario === scenario);
    // What a trace gained in the later rounds is not what its request did alone.
    const firstRound = Math.min(...own.map(({ warm }) => warm.sentMs));
    const early = spans.filter(({ startMs }) => startMs < firstRound);
    const rounds = own
      .filter(({ alone, together }) => alone.status === together.status)
      .map(({ alone, together }): Round => {
        return { alone, together, before: labelsOf(early, alone.traceId), after: labelsOf(spans, together.traceId) };
      });
    const strays = straysOf(own, spans);
    const isKept = (label: string): boolean => {
      const total = (side: 'before' | 'after'): number => rounds.reduce((sum, each) => sum + (each[side].get(label) ?? 0), 0);
      return total('after') + strays.filter((each) => each.label === label).length >= total('before');
    };
    return rounds.flatMap((round) => mixedIn(round, rounds, strays, isKept));
  });
}

function mixedIn(round: Round, rounds: readonly Round[], strays: readonly Stray[], isKept: (label: string) => boolean): MixUp[] {
  const { alone: owner, together, before, after } = round;
  const lost = more(before, after).filter(isKept);
  const inRound = rounds.find((each) => each !== round && more(each.after, each.before).some((label) => lost.includes(label)));
  const during = strays.filter(({ label, startMs }) => lost.includes(label) && startMs >= together.sentMs && startMs <= together.endedMs);
  const holder = inRound?.alone ?? during[0]?.holder;
  if (holder === undefined) return [];
  const there = inRound ? more(inRound.after, inRound.before) : during.filter((each) => each.holder === holder).map(({ label }) => label);
  return [{ owner, holder, spans: lost.filter((label) => there.includes(label)), how: 'at the same time' }];
}

interface Stray {
  readonly label: string;
  readonly startMs: number;
  readonly holder: Exchange;
}

/** Spans of the last round in traces of requests that were answered before it began. */
function straysOf(beside: readonly Beside[], spans: readonly SpanRecord[]): Stray[] {
  const begin = Math.min(...beside.map(({ together }) => together.sentMs));
  const end = Math.max(...beside.map(({ together }) => together.endedMs));
  const earlier = new Map(beside.flatMap(({ alone, warm }) => [alone, warm].map((each) => [each.traceId, each] as const)));
  return spans.flatMap((span) => {
    const holder = earlier.get(span.traceId);
    if (holder === undefined || span.startMs < begin || span.startMs > end) return [];
    return [{ label: labelOf(span), startMs: span.startMs, holder }];
  });
}

/** A request that may have lost its spans to an earlier one, by the clock alone. */
export interface Suspect {
  readonly owner: Exchange;
  readonly holder: Exchange;
  /** Labels of spans of the earlier one's trace that began and ended while only the later one was under way. */
  readonly labels: readonly string[];
}

/** Many programs read a clock of whole milliseconds. */
const CLOCK_MS = 1;

/** Spans that begin after their request was answered are work after the answer, or the work of the request that was under way then. */
export function suspectsOf(exchanges: readonly Exchange[], spans: readonly SpanRecord[]): Suspect[] {
  return exchanges.flatMap((owner) =>
    exchanges.flatMap((holder): Suspect[] => {
      if (owner === holder || owner.request.isCommand || owner.error !== undefined || holder.endedMs > owner.sentMs) return [];
      const during = spans.filter(
        ({ traceId, startMs, durationMs }) =>
          traceId === holder.traceId &&
          startMs + CLOCK_MS > Math.max(holder.endedMs, owner.sentMs) &&
          startMs + durationMs <= owner.endedMs + CLOCK_MS,
      );
      return during.length === 0 ? [] : [{ owner, holder, labels: [...new Set(during.map(labelOf))] }];
    }),
  );
}

/** Whether a request that was sent to a fresh program, alone, has the spans that it lost. */
export function confirm({ owner, holder, labels }: Suspect, spans: readonly SpanRecord[], alone: Labels): MixUp | undefined {
  const moved = more(alone, labelsOf(spans, owner.traceId)).filter((label) => labels.includes(label));
  return moved.length === 0 ? undefined : { owner, holder, spans: moved, how: 'one after the other' };
}

/** Each request has its own spans, whatever else is under way. */
export function checkApart(mixed: readonly MixUp[], exchanges: readonly Exchange[], beside: readonly Beside[]): Check {
  const id = 'requests-apart';
  if (exchanges.length < 2)
    return {
      id,
      status: 'skip',
      summary: 'One request cannot run into another',
      details: [],
      next: 'Name more requests in tracewright.yaml.',
    };
  if (mixed.length === 0) {
    const summary =
      beside.length === 0
        ? 'No request ran into another one, sent one after the other'
        : 'No request ran into another one, sent one after the other and at the same time';
    return { id, status: 'pass', summary, details: [] };
  }
  const details = mixed.map(
    ({ owner, holder, spans, how }) => `${owner.label}: ${spans.join(', ')} ended up in the trace of ${holder.label} (sent ${how})`,
  );
  const next =
    'Bind the callback or job to its request where it is handed over: `AsyncResource.bind(fn)` or `context.bind(context.active(), fn)`.';
  const requests = new Set(mixed.map(({ owner }) => owner)).size;
  return { id, status: 'fail', code: 'TW3017', summary: `${plural(requests, 'request')} ran into another one`, details, next };
}
