import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTraces } from './build-traces.ts';
import { compareGolden } from './compare-golden.ts';
import { type Golden, parseGolden, writeGolden } from './golden.ts';
import { normalizeTrace } from './normal-form.ts';
import type { LogRecord, SpanKind, SpanRecord } from './records.ts';
import { renderDifferences } from './render-differences.ts';
import { renderTrace } from './render-trace.ts';
import { renderTreeDiff } from './render-tree-diff.ts';
import { maskVolatile, stableAttributes } from './stable-attributes.ts';

const id = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

function span(number: number, parent: number, name: string, more: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: id(1, 32),
    spanId: id(number, 16),
    parentSpanId: parent === 0 ? '' : id(parent, 16),
    service: 'shop',
    scope: 'lab',
    name,
    kind: 'INTERNAL',
    status: 'UNSET',
    attributes: {},
    events: [],
    links: [],
    resource: {},
    startMs: number,
    durationMs: 1,
    ...more,
  };
}

function log(number: number, body: string): LogRecord {
  return {
    traceId: id(1, 32),
    spanId: id(number, 16),
    service: 'shop',
    scope: 'console',
    event: '',
    severity: 'INFO',
    body,
    attributes: {},
    resource: {},
  };
}

const journey = [
  span(1, 0, 'GET /orders/:id', {
    kind: 'SERVER',
    attributes: { 'http.route': '/orders/:id', 'http.request.method': 'GET', 'url.path': '/orders/7' },
  }),
  span(2, 1, 'GET', { kind: 'CLIENT', attributes: { 'server.port': 4318 } }),
  span(3, 2, 'GET /stock/:sku', { kind: 'SERVER', service: 'stock', attributes: { 'http.route': '/stock/:sku' } }),
  span(4, 3, 'query', { service: 'stock' }),
  span(5, 1, 'GET', { kind: 'CLIENT' }),
  span(6, 5, 'GET /price', { kind: 'SERVER', service: 'price' }),
];

function golden(spans: readonly SpanRecord[], logs: readonly LogRecord[] = []): Golden {
  const traces = buildTraces(spans, logs).map((trace) => ({ request: 'GET /orders/7', spans: normalizeTrace(trace) }));
  return { version: 1, scenario: 'default', traces };
}

/** A trace that gains a level with every poll. */
function chain(length: number, last: string): SpanRecord[] {
  return Array.from({ length }, (_, index) => span(index + 1, index, index === length - 1 ? last : 'poll'));
}

const kinds: readonly SpanKind[] = ['SERVER', 'CLIENT', 'INTERNAL'];

const forest = fc
  .array(fc.record({ parent: fc.nat(), name: fc.constantFrom('a', 'b', 'c'), kind: fc.constantFrom(...kinds), logs: fc.nat(2) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((drafts) => ({
    spans: drafts.map(({ parent, name, kind }, index) => span(index + 1, index === 0 ? 0 : (parent % index) + 1, name, { kind })),
    logs: drafts.flatMap(({ logs }, index) => Array.from({ length: logs }, () => log(index + 1, 'said'))),
  }));

describe('normalizeTrace', () => {
  it('gives the same bytes for any arrival order, ids and clock', () => {
    fc.assert(
      fc.property(forest, fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 1e9 }), ({ spans, logs }, order, shift) => {
        const shuffle = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, key: Number(order.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const renumber = (hex: string): string => (hex === '' ? '' : id(Number.parseInt(hex, 16) * 7919 + shift, hex.length));
        const again = shuffle(spans).map((each) => ({
          ...each,
          traceId: renumber(each.traceId),
          spanId: renumber(each.spanId),
          parentSpanId: renumber(each.parentSpanId),
          startMs: shift - each.startMs,
        }));
        const relogged = shuffle(logs).map((each) => ({ ...each, traceId: renumber(each.traceId), spanId: renumber(each.spanId) }));
        const text = writeGolden(golden(spans, logs));
        expect(writeGolden(golden(again, relogged))).toBe(text);
        expect(writeGolden(parseGolden(text, 'g.json'))).toBe(text);
      }),
    );
  });

  it('leaves out ids, clocks, ports, bodies and concrete paths', () => {
    const text = writeGolden(golden(journey, [log(4, 'for john@doe.com')]));
    expect(text).not.toMatch(/orders\/7"[^,]*path|url\.path|4318|0000000|john|startMs/);
    expect(text).toContain('"INFO console"');
  });

  it('writes the names of the stable conventions for older SDK lines', () => {
    expect(stableAttributes({ 'http.method': 'GET', 'http.status_code': 200, 'http.target': '/?a=1', 'http.scheme': 'http' })).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'url.scheme': 'http',
    });
  });

  it('keeps attributes that the repository allows, and masks volatile text', () => {
    expect(stableAttributes({ 'order.type': 'gift', 'order.id': '7', 'db.query.text': 'select' }, ['order.type'])).toEqual({
      'db.query.text': '<private>',
      'order.type': 'gift',
    });
    expect(maskVolatile("send to a@b.io at http://10.0.0.1:80/x 'secret' 6ba7b810-9dad-11d1-80b4-00c04fd430c8")).toBe(
      'send to <email> at <url> <text> <uuid>',
    );
    expect(maskVolatile('GET /v1/users/:id feedbacked')).toBe('GET /v1/users/:id feedbacked');
  });

  it('keeps spans that form a circle, cut once', () => {
    const [trace] = buildTraces([span(1, 2, 'a'), span(2, 1, 'b'), span(3, 0, 'root'), span(3, 0, 'root')], []);
    expect([trace?.spanCount, trace?.roots.length, trace?.orphans.length, trace?.orphans[0]?.children.length]).toEqual([3, 1, 1, 1]);
  });
});

describe('compareGolden', () => {
  const base = golden(journey);
  const without = (number: number): SpanRecord[] => journey.filter(({ spanId }) => spanId !== id(number, 16));
  const withChange = (number: number, change: Partial<SpanRecord>): SpanRecord[] =>
    journey.map((each) => (each.spanId === id(number, 16) ? { ...each, ...change } : each));
  const faults: readonly (readonly [string, readonly SpanRecord[], RegExp])[] = [
    ['a dropped leaf', without(4), /missing {2}stock INTERNAL query, under shop SERVER/],
    ['a lost parent', without(3), /missing {2}stock SERVER GET \/stock\/:sku[\s\S]*orphan {3}stock INTERNAL query/],
    ['an added span', [...journey, span(9, 4, 'extra')], /extra {4}shop INTERNAL extra, under/],
    ['a duplicate', [...journey, span(9, 3, 'query', { service: 'stock' })], /extra {4}stock INTERNAL query/],
    ['a renamed span', withChange(4, { name: 'select' }), /renamed {2}stock INTERNAL query -> stock INTERNAL select/],
    ['a renamed root', withChange(1, { name: 'GET' }), /renamed {2}shop SERVER GET \/orders\/:id -> shop SERVER GET/],
    [
      'a swapped parent',
      withChange(4, { parentSpanId: id(1, 16) }),
      /moved {4}stock INTERNAL query, from .*stock\/:sku to shop SERVER GET \/orders\/:id/,
    ],
    ['an orphan', withChange(4, { parentSpanId: id(99, 16) }), /^[^-+]*orphan {3}stock INTERNAL query, under .*never arrived\n$/],
    ['a status', withChange(4, { status: 'ERROR' }), /changed {2}stock INTERNAL query: status was nothing, is ERROR/],
    ['an attribute', withChange(3, { attributes: { 'http.route': '/stock/7' } }), /http.route was \/stock\/:sku, is \/stock\/7/],
    ['a kind', withChange(4, { kind: 'CLIENT' }), /missing {2}stock INTERNAL query[\s\S]*extra {4}stock CLIENT query/],
    ['a service', withChange(6, { service: 'other' }), /missing {2}price SERVER[\s\S]*extra {4}other SERVER/],
    ['a scope', withChange(4, { scope: 'pg' }), /scope was lab, is pg/],
    ['an event', withChange(4, { events: [{ name: 'exception', attributes: { 'exception.type': 'E' } }] }), /events was nothing/],
    [
      'a link',
      withChange(4, { links: [{ traceId: id(1, 32), spanId: id(1, 16), attributes: {} }] }),
      /links was nothing, is \["shop SERVER GET \/orders\/:id"\]/,
    ],
    ['nothing at all', [], /missing {2}shop SERVER GET \/orders\/:id and the 5 spans below it/],
  ];

  it('finds nothing in an equal run', () => expect(compareGolden(base, golden([...journey].reverse()))).toEqual([]));

  it.each(faults)('names %s', (_, spans, text) => {
    const differences = compareGolden(base, golden(spans));
    expect(renderDifferences(differences)).toMatch(text);
    expect(differences.length).toBeLessThanOrEqual(3);
  });

  it('names a trace that was split', () => {
    const cut = withChange(3, { parentSpanId: '', traceId: id(2, 32) }).map((each) =>
      each.spanId === id(4, 16) ? { ...each, traceId: id(2, 32) } : each,
    );
    const [own, stray] = buildTraces(cut, []);
    const actual: Golden = { ...base, traces: [{ request: 'GET /orders/7', spans: own ? normalizeTrace(own) : [] }] };
    const differences = compareGolden(base, actual, { stray: stray ? normalizeTrace(stray) : [] });
    expect(differences.map(({ kind }) => kind)).toEqual(['split']);
    expect(renderDifferences(differences)).toMatch(/split {4}stock SERVER GET \/stock\/:sku started a trace of its own/);
  });

  it('names spans that went to the trace of another request', () => {
    const two = (spans: readonly SpanRecord[], other: readonly SpanRecord[]): Golden => ({
      ...base,
      traces: [...golden(spans).traces, ...golden(other).traces.map((trace) => ({ ...trace, request: 'GET /b' }))],
    });
    const b = [span(21, 0, 'GET /b', { kind: 'SERVER' })];
    const merged = two([...journey, span(21, 1, 'GET /b', { kind: 'SERVER' })], []);
    expect(renderDifferences(compareGolden(two(journey, b), merged))).toMatch(
      /merged {3}shop SERVER GET \/b joined the trace of GET \/orders\/7/,
    );
  });

  it('sees every single planted fault', () => {
    fc.assert(
      fc.property(forest, fc.nat(), fc.constantFrom('drop', 'rename', 'status', 'duplicate'), ({ spans }, pick, fault) => {
        const victim = spans[pick % spans.length];
        if (!victim) return;
        const change = { rename: { name: 'z' }, status: { status: 'ERROR' as const }, drop: {}, duplicate: {} }[fault];
        const broken = spans.flatMap((each) => {
          if (each !== victim) return [each];
          return fault === 'drop' ? [] : fault === 'duplicate' ? [each, { ...each, spanId: id(999, 16) }] : [{ ...each, ...change }];
        });
        expect(compareGolden(golden(spans), golden(broken))).not.toEqual([]);
      }),
    );
  });

  it.each([
    ['{', /not JSON/],
    ['[]', /not an object/],
    ['{"version":2}', /"version" is not 1/],
    [
      '{"version":1,"scenario":"a","traces":[{"request":"r","spans":[{"service":"s","kind":"SERVER","name":"n","scope":"","ids":1}]}]}',
      /spans\[0\] has the unknown key "ids"/,
    ],
  ])('refuses a golden file edited into %s', (text, reason) => {
    expect(() => parseGolden(text, 'g.json')).toThrow(reason);
  });
});

describe('renderTrace', () => {
  it('draws the tree', () => {
    const failing = journey.map((each) =>
      each.name === 'query'
        ? {
            ...each,
            status: 'ERROR' as const,
            events: [{ name: 'exception', attributes: { 'exception.type': 'TypeError', 'exception.message': 'boom' } }],
          }
        : each,
    );
    const [trace] = buildTraces([...failing, span(8, 77, 'lost')], [log(4, 'x'), log(4, 'y')]);
    expect(trace && renderTrace(trace, { color: false, durations: false })).toMatchInlineSnapshot(`
      "trace 7 spans, 3 services
      ├─ shop  SERVER GET /orders/:id
      │  ├─ shop  CLIENT GET
      │  │  └─ stock  SERVER GET /stock/:sku
      │  │     └─ stock  INTERNAL query       ERROR  TypeError: boom  2 logs
      │  └─ shop  CLIENT GET
      │     └─ price  SERVER GET /price
      └─ shop  INTERNAL lost                  its parent never arrived
      "
    `);
    expect(trace && renderTrace(trace, { color: false })).toMatch(/1\.0 ms ▇+ +└─|├─/);
  });
});

describe('a trace of 50,000 levels', () => {
  it('is recorded, read back, compared and drawn', () => {
    const recorded = parseGolden(writeGolden(golden(chain(50_000, 'poll'))), 'deep.json');
    expect(compareGolden(recorded, golden(chain(50_000, 'poll')))).toEqual([]);
    expect(compareGolden(recorded, golden(chain(50_000, 'work')))).toEqual([
      expect.objectContaining({ kind: 'renamed', span: 'shop INTERNAL poll', to: 'shop INTERNAL work' }),
    ]);
    const [trace] = buildTraces(chain(50_000, 'poll'), []);
    expect(trace && renderTrace(trace, { color: false })).toMatch(/\n… 48000 more spans\n$/);
  });
});

describe('a span with 20,000 children', () => {
  it('is compared and drawn when every one of them is renamed', { timeout: 60_000 }, () => {
    const wide = (name: string): Golden =>
      golden([span(1, 0, 'root'), ...Array.from({ length: 20_000 }, (_, index) => span(index + 2, 1, `${name} ${index % 999}`))]);
    const recorded = wide('work');
    const differences = compareGolden(recorded, wide('other'));
    expect(differences).toHaveLength(20_000);
    expect(renderTreeDiff(recorded, differences)).toContain('renamed to shop INTERNAL other');
  });
});
