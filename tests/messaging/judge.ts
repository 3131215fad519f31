import type { SpanRecord } from '../../src/trace/index.ts';
import type { Arrival, Travelled } from './journey.ts';

export interface Verdict {
  /** Messages whose consumer called out in the trace of the request that sent them, once. */
  readonly right: number;
  readonly lost: readonly number[];
  readonly mixed: readonly number[];
  readonly doubled: readonly number[];
  /** Chains of span kinds and names from the request to the consumer's call. */
  readonly chains: Readonly<Record<string, number>>;
}

type Fate = 'right' | 'lost' | 'mixed' | 'doubled';

/** Follows every message from its request to the call of its consumer. */
export function judge({ spans, arrivals }: Travelled, messages: number): Verdict {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const servers = groupBy(
    spans.filter(({ kind }) => kind === 'SERVER'),
    (span) => Number(String(span.attributes['url.path']).slice(1)),
  );
  const calls = groupBy(
    spans.filter(({ kind, attributes }) => kind === 'CLIENT' && /[?&]n=/.test(String(attributes['url.full']))),
    (span) => Number(/[?&]n=(\d+)/.exec(String(span.attributes['url.full']))?.[1]),
  );
  const arrived = groupBy(arrivals, ({ n }) => n);
  const fates: Record<Fate, number[]> = { right: [], lost: [], mixed: [], doubled: [] };
  const chains: Record<string, number> = {};
  for (let n = 1; n <= messages; n++) {
    const [server] = servers.get(n) ?? [];
    const fate = fateOf(server, calls.get(n) ?? [], arrived.get(n) ?? []);
    fates[fate].push(n);
    const [call] = calls.get(n) ?? [];
    if (fate !== 'right' || call === undefined) continue;
    const chain = chainOf(call, byId, server);
    chains[chain] = (chains[chain] ?? 0) + 1;
  }
  return { ...fates, right: fates.right.length, chains };
}

function fateOf(server: SpanRecord | undefined, calls: readonly SpanRecord[], arrived: readonly Arrival[]): Fate {
  const [call] = calls;
  if (server === undefined || call === undefined || arrived.length === 0) return 'lost';
  if (calls.length > 1 || arrived.length > 1) return 'doubled';
  return call.traceId === server.traceId && arrived[0]?.traceId === server.traceId ? 'right' : 'mixed';
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

function chainOf(call: SpanRecord, byId: ReadonlyMap<string, SpanRecord>, server: SpanRecord | undefined): string {
  const names: string[] = [];
  for (let one: SpanRecord | undefined = call; one !== undefined && one !== server; one = byId.get(one.parentSpanId ?? ''))
    names.unshift(`${one.kind} ${one.name}`);
  return names.join(' > ');
}

/** CONSUMER spans that failed, by the exception they tell. */
export function failures(spans: readonly SpanRecord[]): readonly { readonly span: SpanRecord; readonly message: unknown }[] {
  return spans
    .filter(({ kind, status }) => kind === 'CONSUMER' && status === 'ERROR')
    .map((span) => ({ span, message: span.events.find(({ name }) => name === 'exception')?.attributes['exception.message'] }));
}
