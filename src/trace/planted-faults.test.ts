import { describe, expect, it } from 'vitest';
import { buildTraces } from './build-traces.ts';
import { compareGolden } from './compare-golden.ts';
import type { Golden } from './golden.ts';
import { normalizeTrace } from './normal-form.ts';
import type { LogRecord, SpanRecord } from './records.ts';
import { renderDifferences } from './render-differences.ts';
import { renderTreeDiff } from './render-tree-diff.ts';

const id = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
const attributes = ['order.*'];

function span(trace: number, number: number, parent: number, label: string, more: Partial<SpanRecord> = {}): SpanRecord {
  const [service = '', kind = '', ...name] = label.split(' ');
  return {
    traceId: id(trace, 32),
    spanId: id(number, 16),
    parentSpanId: parent === 0 ? '' : id(parent, 16),
    service,
    scope: 'lab',
    name: name.join(' '),
    kind: kind === 'SERVER' || kind === 'CLIENT' || kind === 'PRODUCER' || kind === 'CONSUMER' ? kind : 'INTERNAL',
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

const said: LogRecord = {
  traceId: id(1, 32),
  spanId: id(3, 16),
  service: 'stock',
  scope: 'console',
  event: '',
  severity: 'INFO',
  body: 'x',
  attributes: {},
  resource: {},
};

interface Seen {
  readonly spans: readonly SpanRecord[];
  readonly logs: readonly LogRecord[];
}

/** Two journeys through four services. */
const healthy: Seen = {
  logs: [said],
  spans: [
    span(1, 1, 0, 'shop SERVER POST /orders', { attributes: { 'http.route': '/orders', 'http.response.status_code': 201, 'order.id': 7 } }),
    span(1, 2, 1, 'shop CLIENT GET'),
    span(1, 3, 2, 'stock SERVER GET /stock/:sku', { attributes: { 'http.route': '/stock/:sku' } }),
    span(1, 4, 3, 'stock CLIENT SELECT stock', { scope: 'pg', attributes: { 'db.system.name': 'postgresql' } }),
    span(1, 5, 1, 'shop CLIENT POST'),
    span(1, 6, 5, 'pay SERVER POST /charge', {
      status: 'ERROR',
      events: [{ name: 'exception', attributes: { 'exception.type': 'Declined' } }],
    }),
    span(1, 7, 1, 'shop PRODUCER send orders', { attributes: { 'messaging.system': 'kafka' } }),
    span(1, 8, 7, 'mail CONSUMER process orders', { links: [{ traceId: id(1, 32), spanId: id(7, 16), attributes: {} }] }),
    span(2, 20, 0, 'shop SERVER GET /cart', { attributes: { 'http.route': '/cart' } }),
    span(2, 21, 20, 'shop CLIENT GET'),
    span(2, 22, 21, 'stock SERVER GET /stock/:sku', { attributes: { 'http.route': '/stock/:sku' } }),
    span(2, 23, 20, 'shop INTERNAL render'),
  ],
};

const requests = ['POST /orders', 'GET /cart'];

function goldenOf({ spans, logs }: Seen): { golden: Golden; stray: ReturnType<typeof normalizeTrace> } {
  const traces = buildTraces(spans, logs);
  const spansOf = (number: number): ReturnType<typeof normalizeTrace> => {
    const trace = traces.find(({ traceId }) => traceId === id(number, 32));
    return trace ? normalizeTrace(trace, { attributes }) : [];
  };
  const asked = traces.filter(({ traceId }) => traceId === id(1, 32) || traceId === id(2, 32));
  return {
    golden: { version: 1, scenario: 's', traces: requests.map((request, index) => ({ request, spans: spansOf(index + 1) })) },
    stray: traces.filter((trace) => !asked.includes(trace)).flatMap((trace) => normalizeTrace(trace, { attributes })),
  };
}

type Fault = (seen: Seen) => Seen;

const change =
  (number: number, more: Partial<SpanRecord>): Fault =>
  ({ spans, logs }) => ({ logs, spans: spans.map((each) => (each.spanId === id(number, 16) ? { ...each, ...more } : each)) });
const withAttribute =
  (number: number, key: string, value: string | number | undefined): Fault =>
  ({ spans, logs }) => ({
    logs,
    spans: spans.map((each) => {
      if (each.spanId !== id(number, 16)) return each;
      const { [key]: _old, ...rest } = each.attributes;
      return { ...each, attributes: value === undefined ? rest : { ...rest, [key]: value } };
    }),
  });
const drop =
  (...numbers: number[]): Fault =>
  ({ spans, logs }) => ({ logs, spans: spans.filter(({ spanId }) => !numbers.some((number) => id(number, 16) === spanId)) });
const add =
  (extra: SpanRecord): Fault =>
  ({ spans, logs }) => ({ logs, spans: [...spans, extra] });
const intoTrace =
  (trace: number, ...numbers: number[]): Fault =>
  ({ spans, logs }) => ({
    logs,
    spans: spans.map((each) => (numbers.some((number) => id(number, 16) === each.spanId) ? { ...each, traceId: id(trace, 32) } : each)),
  });
const both =
  (...faults: readonly Fault[]): Fault =>
  (seen) =>
    faults.reduce((state, fault) => fault(state), seen);

const faults: readonly (readonly [string, Fault, RegExp])[] = [
  ['inject dropped', both(change(3, { parentSpanId: '' }), intoTrace(3, 3, 4)), /split {4}stock SERVER GET \/stock\/:sku started a trace/],
  ['extract dropped by the payment service', both(change(6, { parentSpanId: '' }), intoTrace(3, 6)), /split {4}pay SERVER POST \/charge/],
  ['extract dropped by a consumer', both(change(8, { parentSpanId: '' }), intoTrace(3, 8)), /split {4}mail CONSUMER process orders/],
  [
    'every service on its own',
    both(change(3, { parentSpanId: '' }), intoTrace(3, 3, 4), change(6, { parentSpanId: '' }), intoTrace(4, 6)),
    /split {4}stock[\s\S]*split {4}pay/,
  ],
  [
    'parent swapped',
    change(4, { parentSpanId: id(1, 16) }),
    /moved {4}stock CLIENT SELECT stock, from .*stock\/:sku to shop SERVER POST \/orders/,
  ],
  ['parent swapped to a sibling', change(6, { parentSpanId: id(2, 16) }), /moved {4}pay SERVER POST \/charge/],
  ['context lost between awaits', change(5, { parentSpanId: '' }), /moved {4}shop CLIENT POST, from shop SERVER POST \/orders to the top/],
  [
    'two journeys merged',
    both(change(20, { parentSpanId: id(1, 16) }), intoTrace(1, 20, 21, 22, 23)),
    /merged {3}shop SERVER GET \/cart joined the trace of POST \/orders/,
  ],
  [
    'a call of one journey in the other',
    both(change(21, { parentSpanId: id(1, 16) }), intoTrace(1, 21, 22)),
    /moved {4}shop CLIENT GET, from .* to the trace of POST \/orders/,
  ],
  ['last batch lost', drop(20, 21, 22, 23), /missing {2}shop SERVER GET \/cart and the 3 spans below it/],
  ['root not ended', drop(1), /missing {2}shop SERVER POST \/orders[\s\S]*orphan {3}shop CLIENT GET/],
  ['parent id made up', change(3, { parentSpanId: id(77, 16) }), /orphan {3}stock SERVER GET \/stock\/:sku/],
  ['a leaf dropped', drop(4), /missing {2}stock CLIENT SELECT stock, under/],
  ['a subtree dropped', drop(2, 3, 4), /missing {2}shop CLIENT GET and the 2 spans below it/],
  ['a message not sent', drop(7, 8), /missing {2}shop PRODUCER send orders and the span below it/],
  ['a span added', add(span(1, 90, 3, 'stock INTERNAL cache')), /extra {4}stock INTERNAL cache, under .*stock\/:sku/],
  ['a whole trace added to a request', add(span(1, 90, 0, 'shop SERVER GET /ghost')), /extra {4}shop SERVER GET \/ghost, under the top/],
  ['middleware noise', add(span(1, 90, 1, 'shop INTERNAL middleware - json')), /extra {4}shop INTERNAL middleware - json/],
  [
    'a span duplicated',
    add(span(1, 90, 3, 'stock CLIENT SELECT stock', { scope: 'pg', attributes: { 'db.system.name': 'postgresql' } })),
    /extra {4}stock CLIENT SELECT stock/,
  ],
  [
    'two instrumentations for one call',
    add(span(1, 90, 2, 'shop CLIENT GET', { scope: 'undici' })),
    /extra {4}shop CLIENT GET, under .*shop CLIENT GET/,
  ],
  ['a span renamed', change(23, { name: 'draw' }), /renamed {2}shop INTERNAL render -> shop INTERNAL draw/],
  [
    'a route lost',
    both(change(1, { name: 'POST' }), withAttribute(1, 'http.route', undefined)),
    /renamed {2}shop SERVER POST \/orders -> shop SERVER POST\n[\s\S]*http.route was \/orders, is nothing/,
  ],
  [
    'a concrete path for a route',
    change(3, { name: 'GET /stock/tea' }),
    /renamed {2}stock SERVER GET \/stock\/:sku -> stock SERVER GET \/stock\/tea/,
  ],
  ['a service renamed', change(6, { service: 'unknown_service' }), /missing {2}pay SERVER POST[\s\S]*extra {4}unknown_service SERVER POST/],
  ['a kind changed', change(7, { kind: 'INTERNAL' }), /missing {2}shop PRODUCER send orders[\s\S]*extra {4}shop INTERNAL send orders/],
  ['a scope changed', change(4, { scope: 'pg-pool' }), /changed {2}stock CLIENT SELECT stock: scope was pg, is pg-pool/],
  ['a status lost', change(6, { status: 'UNSET' }), /changed {2}pay SERVER POST \/charge: status was ERROR, is nothing/],
  ['a status added', change(3, { status: 'ERROR' }), /changed {2}stock SERVER GET \/stock\/:sku: status was nothing, is ERROR/],
  ['an attribute changed', withAttribute(1, 'http.response.status_code', 500), /http.response.status_code was 201, is 500/],
  ['an attribute lost', withAttribute(4, 'db.system.name', undefined), /db.system.name was postgresql, is nothing/],
  ['an allowed attribute changed', withAttribute(1, 'order.id', 8), /order.id was 7, is 8/],
  [
    'a header leaked',
    withAttribute(1, 'http.request.header.authorization', 'Bearer abc'),
    /http.request.header.authorization was nothing, is <private>/,
  ],
  ['a statement leaked', withAttribute(4, 'db.statement', "select 'me@x.org'"), /db.query.text was nothing, is <private>/],
  ['an address leaked', withAttribute(3, 'customer.email', 'me@x.org'), /customer.email was nothing, is <private>/],
  ['an exception lost', change(6, { events: [] }), /changed {2}pay SERVER POST \/charge: events was .*Declined.*, is nothing/],
  ['an event added', change(3, { events: [{ name: 'retry', attributes: {} }] }), /events was nothing, is .*retry/],
  ['a link lost', change(8, { links: [] }), /links was .*PRODUCER send orders.*, is nothing/],
  [
    'a link to elsewhere',
    change(8, { links: [{ traceId: id(9, 32), spanId: id(9, 16), attributes: {} }] }),
    /links was .*PRODUCER.*, is \["outside"\]/,
  ],
  [
    'a log outside its span',
    ({ spans }) => ({ spans, logs: [{ ...said, spanId: '' }] }),
    /changed {2}stock SERVER .*logs was \["INFO console"\], is nothing/,
  ],
  [
    'a log doubled',
    ({ spans, logs }) => ({ spans, logs: [...logs, ...logs] }),
    /logs was \["INFO console"\], is \["INFO console","INFO console"\]/,
  ],
  [
    'everything lost',
    ({ logs }) => ({ spans: [], logs }),
    /missing {2}shop SERVER POST \/orders and the 7 spans below it[\s\S]*missing {2}shop SERVER GET \/cart/,
  ],
];

describe('a planted fault', () => {
  const expected = goldenOf(healthy).golden;

  it('is none in the healthy run, in any order', () => {
    const again = goldenOf({ spans: [...healthy.spans].reverse(), logs: healthy.logs });
    expect(compareGolden(expected, again.golden, { stray: again.stray })).toEqual([]);
    expect(faults.length).toBeGreaterThan(30);
  });

  it.each(faults)('is named: %s', (_, fault, text) => {
    const { golden, stray } = goldenOf(fault(healthy));
    const differences = compareGolden(expected, golden, { stray });
    expect(renderDifferences(differences)).toMatch(text);
    expect(differences.length).toBeLessThanOrEqual(4);
    const tree = renderTreeDiff(expected, differences);
    for (const { span: label } of differences) expect(tree).toContain(label);
    expect(tree).not.toMatch(/Bearer|me@x/);
  });

  it.each(faults)('is named when it was on record and is mended: %s', (_, fault) => {
    const { golden: faulty } = goldenOf(fault(healthy));
    const differences = compareGolden(faulty, expected);
    expect(differences.length).toBeGreaterThan(0);
    // A root that comes back takes its four orphans with it: five moves.
    expect(differences.length).toBeLessThanOrEqual(7);
    const tree = renderTreeDiff(faulty, differences);
    for (const { span: label } of differences) expect(tree).toContain(label);
  });

  it('is shown in the tree, with the rest folded', () => {
    const { golden, stray } = goldenOf(
      both(drop(4), change(23, { name: 'draw' }), change(6, { status: 'UNSET' }), add(span(1, 90, 1, 'shop INTERNAL noise')))(healthy),
    );
    expect(renderTreeDiff(expected, compareGolden(expected, golden, { stray }))).toMatchInlineSnapshot(`
      "POST /orders
          shop SERVER POST /orders
            shop CLIENT GET
              stock SERVER GET /stock/:sku
        -       stock CLIENT SELECT stock  (missing)
            shop CLIENT POST
        ~     pay SERVER POST /charge  (status was ERROR, is nothing)
        +   shop INTERNAL noise  (extra)
            … 2 spans as recorded
      GET /cart
          shop SERVER GET /cart
        ~   shop INTERNAL render  (renamed to shop INTERNAL draw)
            … 2 spans as recorded
      "
    `);
  });
});
