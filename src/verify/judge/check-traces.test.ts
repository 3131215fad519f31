import { expect, it } from 'vitest';
import type { SpanRecord, Trace } from '../../trace/index.ts';
import { checkTraces } from './check-traces.ts';

function traceOf(traceId: string, service: string, attributes: SpanRecord['attributes'] = {}): Trace {
  const ids = { traceId, spanId: '1', parentSpanId: '', service, scope: 'http', resource: {}, startMs: 0, durationMs: 1 };
  const span: SpanRecord = { ...ids, name: 'GET /stock', kind: 'SERVER', status: 'UNSET', attributes, events: [], links: [] };
  return { traceId, roots: [{ span, children: [], logs: [] }], orphans: [], strayLogs: [], services: [service], spanCount: 1 };
}

it.each([
  [{}, ['stock SERVER GET /stock started a trace of its own'], /^Pass the trace context along/],
  [
    { 'tracewright.traceparent_count': 2 },
    ['stock SERVER GET /stock started a trace of its own: its request had 2 `traceparent` headers'],
    /^Let one alone write `traceparent`/,
  ],
])('says why a call started a trace of its own: %j', (attributes, details, next) => {
  const asked = { scenario: 'default', service: 'shop', request: 'GET /', status: 200, trace: traceOf('a', 'shop') };
  expect(checkTraces([asked], [traceOf('b', 'stock', attributes)])).toMatchObject({
    status: 'fail',
    details,
    next: expect.stringMatching(next),
  });
});
