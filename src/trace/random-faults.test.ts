import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTraces } from './build-traces.ts';
import { compareGolden } from './compare-golden.ts';
import { type Golden, writeGolden } from './golden.ts';
import { labelOf, normalizeTrace } from './normal-form.ts';
import type { LogRecord, SpanKind, SpanRecord } from './records.ts';
import { renderDifferences } from './render-differences.ts';
import { renderTreeDiff } from './render-tree-diff.ts';

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
const kinds: readonly SpanKind[] = ['SERVER', 'CLIENT', 'INTERNAL', 'PRODUCER', 'CONSUMER'];

interface Run {
  readonly spans: readonly SpanRecord[];
  readonly logs: readonly LogRecord[];
}

const origin = { scope: 'lab', attributes: {}, resource: {} };

function spanOf(trace: number, number: number, parent: number, more: Partial<SpanRecord>): SpanRecord {
  return {
    ...origin,
    traceId: hex(trace, 32),
    spanId: hex(number, 16),
    parentSpanId: parent === 0 ? '' : hex(parent, 16),
    service: 'shop',
    name: 'work',
    kind: 'INTERNAL',
    status: 'UNSET',
    events: [],
    links: [],
    startMs: number,
    durationMs: 1,
    ...more,
  };
}

const draft = fc.record({
  parent: fc.nat(),
  service: fc.constantFrom('shop', 'stock', 'pay'),
  kind: fc.constantFrom(...kinds),
  name: fc.constantFrom('GET /a', 'GET /b', 'query', 'send'),
  status: fc.constantFrom('UNSET' as const, 'ERROR' as const),
  route: fc.constantFrom('/a', '/b'),
  event: fc.boolean(),
  link: fc.option(fc.nat(), { nil: undefined }),
  log: fc.boolean(),
});

type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

/** One trace for each list, its first span the root. */
function runOf(trees: readonly (readonly Draft[])[]): Run {
  const spans = trees.flatMap((drafts, tree) =>
    drafts.map(({ parent, service, kind, name, status, route, event, link }, index) =>
      spanOf(tree + 1, tree * 100 + index + 1, index === 0 ? 0 : tree * 100 + (parent % index) + 1, {
        service,
        kind,
        name,
        status,
        attributes: { 'http.route': route, 'order.id': index },
        events: event ? [{ name: 'retry', attributes: {} }] : [],
        links:
          link === undefined
            ? []
            : [{ traceId: hex(tree + 1, 32), spanId: hex(tree * 100 + (link % drafts.length) + 1, 16), attributes: {} }],
      }),
    ),
  );
  const logs = trees.flatMap((drafts, tree) =>
    drafts.flatMap(({ log, service }, index): LogRecord[] => {
      const ids = { traceId: hex(tree + 1, 32), spanId: hex(tree * 100 + index + 1, 16) };
      return log ? [{ ...origin, ...ids, service, event: '', severity: 'INFO', body: 'x' }] : [];
    }),
  );
  return { spans, logs };
}

const run = fc.array(fc.array(draft, { minLength: 2, maxLength: 14 }), { minLength: 1, maxLength: 3 }).map(runOf);

/** The recording, with every trace below the request that has its number. */
function recordingOf({ spans, logs }: Run, requests: number): { golden: Golden; stray: ReturnType<typeof normalizeTrace> } {
  const traces = buildTraces(spans, logs);
  const asked = Array.from({ length: requests }, (_, index) => traces.find(({ traceId }) => traceId === hex(index + 1, 32)));
  return {
    golden: {
      version: 1,
      scenario: 's',
      traces: asked.map((trace, index) => ({ request: `GET /${index}`, spans: trace ? normalizeTrace(trace) : [] })),
    },
    stray: traces.filter((trace) => !asked.includes(trace)).flatMap((trace) => normalizeTrace(trace)),
  };
}

const requestsIn = ({ spans }: Run): number => new Set(spans.map(({ traceId }) => traceId)).size;

/** What is below a span, itself first. */
function subtree({ spans }: Run, top: SpanRecord): SpanRecord[] {
  return [top, ...spans.filter(({ parentSpanId }) => parentSpanId === top.spanId).flatMap((child) => subtree({ spans, logs: [] }, child))];
}

const without = ({ spans, logs }: Run, gone: readonly SpanRecord[]): Run => ({ logs, spans: spans.filter((span) => !gone.includes(span)) });
const swap = ({ spans, logs }: Run, old: SpanRecord, more: Partial<SpanRecord>): Run => ({
  logs,
  spans: spans.map((span) => (span === old ? { ...span, ...more } : span)),
});
const intoTrace = ({ spans, logs }: Run, moved: readonly SpanRecord[], traceId: string): Run => ({
  logs: logs.map((log) => (moved.some(({ spanId }) => spanId === log.spanId) ? { ...log, traceId } : log)),
  spans: spans.map((span) => (moved.includes(span) ? { ...span, traceId } : span)),
});

/** Each breaks one thing about one span; `other` is another span to do it with. */
const mutations: Readonly<Record<string, (run: Run, span: SpanRecord, other: SpanRecord) => Run>> = {
  'a span lost': (seen, span) => without(seen, [span]),
  'a subtree lost': (seen, span) => without(seen, subtree(seen, span)),
  'the last batch of a service lost': (seen, span) =>
    without(
      seen,
      seen.spans.filter(({ service, traceId }) => service === span.service && traceId === span.traceId),
    ),
  'a span added': (seen, span) => ({
    ...seen,
    spans: [...seen.spans, spanOf(1, 999, 0, { traceId: span.traceId, parentSpanId: span.spanId, name: 'noise' })],
  }),
  'a span duplicated': (seen, span) => ({ ...seen, spans: [...seen.spans, { ...span, spanId: hex(998, 16) }] }),
  'a span renamed': (seen, span) => swap(seen, span, { name: `${span.name} again` }),
  'a service renamed': (seen, span) => swap(seen, span, { service: 'unknown_service' }),
  'a kind changed': (seen, span) => swap(seen, span, { kind: span.kind === 'SERVER' ? 'CLIENT' : 'SERVER' }),
  'a scope changed': (seen, span) => swap(seen, span, { scope: 'other' }),
  'a status changed': (seen, span) => swap(seen, span, { status: span.status === 'ERROR' ? 'UNSET' : 'ERROR' }),
  'an attribute changed': (seen, span) => swap(seen, span, { attributes: { ...span.attributes, 'http.route': '/c' } }),
  'an attribute leaked': (seen, span) => swap(seen, span, { attributes: { ...span.attributes, 'http.request.header.cookie': 'a=b' } }),
  'an event added': (seen, span) => swap(seen, span, { events: [...span.events, { name: 'again', attributes: {} }] }),
  'a link added': (seen, span) => swap(seen, span, { links: [...span.links, { traceId: '', spanId: '', attributes: {} }] }),
  'a log lost': (seen, span) => ({ ...seen, logs: seen.logs.filter(({ spanId }) => spanId !== span.spanId) }),
  'a parent swapped': (seen, span, other) =>
    subtree(seen, span).includes(other) || other.traceId !== span.traceId ? seen : swap(seen, span, { parentSpanId: other.spanId }),
  'inject dropped': (seen, span) => {
    const lost = subtree(seen, span);
    const alone = intoTrace(seen, lost, hex(77, 32));
    return { ...alone, spans: alone.spans.map((each) => (each.spanId === span.spanId ? { ...each, parentSpanId: '' } : each)) };
  },
  'a journey merged into another': (seen, span, other) => {
    const journey = seen.spans.filter(({ traceId }) => traceId === span.traceId);
    const merged = intoTrace(seen, journey, other.traceId);
    const joins = (each: SpanRecord): boolean => other.traceId !== span.traceId && each.spanId === journey[0]?.spanId;
    return { ...merged, spans: merged.spans.map((each) => (joins(each) ? { ...each, parentSpanId: other.spanId } : each)) };
  },
};

/** What must be named when it is not the span itself: whatever a batch lost, or the request that was merged. */
const culprits: Readonly<Record<string, (run: Run, span: SpanRecord) => SpanRecord[]>> = {
  'the last batch of a service lost': ({ spans }, { service, traceId }) =>
    spans.filter((each) => each.service === service && each.traceId === traceId),
  // Which of some spans that are alike changed its place cannot be told.
  'a parent swapped': ({ spans }, { traceId }) => spans.filter((each) => each.traceId === traceId),
  'a journey merged into another': ({ spans }, { traceId }) => spans.filter((each) => each.traceId === traceId && each.parentSpanId === ''),
};

describe('a random run with one random fault', () => {
  it.each(Object.entries(mutations))('is always caught and named: %s', (what, mutate) => {
    fc.assert(
      fc.property(run, fc.nat(), fc.nat(), (healthy, first, second) => {
        const span = healthy.spans[first % healthy.spans.length];
        const other = healthy.spans[second % healthy.spans.length];
        if (!span || !other) return;
        const requests = requestsIn(healthy);
        const expected = recordingOf(healthy, requests).golden;
        const { golden, stray } = recordingOf(mutate(healthy, span, other), requests);
        // Two spans that are alike may change places.
        fc.pre(writeGolden(golden) !== writeGolden(expected));
        const differences = compareGolden(expected, golden, { stray });
        const text = renderDifferences(differences);
        const named = (culprits[what]?.(healthy, span) ?? [span]).map(labelOf);
        expect(named.some((label) => text.includes(label))).toBe(true);
        const tree = renderTreeDiff(expected, differences);
        for (const difference of differences) expect(tree).toContain(difference.span);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a random run', () => {
  it('is never reported for its order, its ids or its clock', () => {
    fc.assert(
      fc.property(run, fc.infiniteStream(fc.nat()), fc.nat(1_000_000), (healthy, order, clock) => {
        const keyed = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, key: order.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const fresh = (id: string): string => (id === '' ? '' : hex(Number.parseInt(id, 16) + 5_000 + clock, id.length));
        const spans = healthy.spans.map((span) => ({
          ...span,
          spanId: fresh(span.spanId),
          parentSpanId: fresh(span.parentSpanId),
          links: span.links.map((link) => ({ ...link, spanId: fresh(link.spanId) })),
          startMs: (span.startMs * 7919 + clock) % 1000,
          durationMs: clock,
        }));
        const logs = healthy.logs.map((log) => ({ ...log, spanId: fresh(log.spanId), body: String(clock) }));
        const requests = requestsIn(healthy);
        const expected = recordingOf(healthy, requests).golden;
        const { golden, stray } = recordingOf({ spans: keyed(spans), logs: keyed(logs) }, requests);
        expect(compareGolden(expected, golden, { stray })).toEqual([]);
        expect(writeGolden(golden)).toBe(writeGolden(expected));
      }),
      { numRuns: 100 },
    );
  });
});
