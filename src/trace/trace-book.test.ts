import { describe, expect, it } from 'vitest';
import type { LogRecord, SpanKind, SpanRecord } from './records.ts';
import { type Batch, createTraceBook } from './trace-book.ts';

const origin = { service: 'shop', scope: '', attributes: {}, resource: {} };

function span(trace: string, spanId: string, parentSpanId: string, kind: SpanKind = 'SERVER'): SpanRecord {
  return {
    ...origin,
    traceId: trace,
    spanId,
    parentSpanId,
    name: 'x',
    kind,
    status: 'UNSET',
    events: [],
    links: [],
    startMs: 0,
    durationMs: 0,
  };
}

const log: LogRecord = { ...origin, traceId: 'a', spanId: '1', event: '', severity: 'INFO', body: '' };

function batch(spans: readonly SpanRecord[], logs: readonly LogRecord[] = [], bytes = 1): Batch {
  return { spans, logs, bytes };
}

describe('createTraceBook', () => {
  it('tells a trace once it is whole and quiet', () => {
    const book = createTraceBook({ quietMs: 10, patienceMs: 100 });
    book.add(batch([span('a', '2', '1')], [log]), 0);
    expect(book.take(50)).toEqual([]);
    book.add(batch([span('a', '1', '')]), 50);
    expect(book.take(55)).toEqual([]);
    expect(book.take(60)).toMatchObject([{ traceId: 'a', spanCount: 2, roots: [{ logs: [{ severity: 'INFO' }] }] }]);
    expect(book.take(1_000)).toEqual([]);
  });

  it('loses patience with one whose root never comes', () => {
    const book = createTraceBook({ quietMs: 10, patienceMs: 100 });
    book.add(batch([span('a', '2', '1')]), 0);
    expect(book.take(99)).toEqual([]);
    expect(book.take(100)).toMatchObject([{ orphans: [{}] }]);
  });

  it('tells the oldest first when there is no room, and the rest at the end', () => {
    const book = createTraceBook({ maxRecords: 2 });
    for (const [index, trace] of ['a', 'b', 'c', 'd'].entries()) book.add(batch([span(trace, '1', '')]), index);
    expect(book.take(4).map(({ traceId }) => traceId)).toEqual(['a', 'b']);
    expect(book.takeAll().map(({ traceId }) => traceId)).toEqual(['c', 'd']);
    expect(book.takeAll()).toEqual([]);
  });

  it('waits for the services that were called, in whatever order their batches come, and tells one trace', () => {
    const book = createTraceBook();
    // shop calls stock, stock calls price; every service sends every 5 s, on its own clock.
    book.add(batch([span('a', '3', '2'), span('a', '4', '3', 'CLIENT')]), 0);
    expect(book.take(4_000)).toEqual([]);
    book.add(batch([span('a', '1', ''), span('a', '2', '1', 'CLIENT')]), 4_000);
    expect(book.take(8_900)).toEqual([]);
    book.add(batch([span('a', '5', '4')]), 8_900);
    expect(book.take(9_900)).toMatchObject([{ spanCount: 5, orphans: [] }]);
  });

  it('calls no late span an orphan whose parent was told already', () => {
    const book = createTraceBook({ quietMs: 10 });
    book.add(batch([span('a', '1', '')]), 0);
    expect(book.take(10)).toHaveLength(1);
    book.add(batch([span('a', '2', '1')]), 20);
    expect(book.take(30)).toMatchObject([{ roots: [{ span: { spanId: '2' } }], orphans: [] }]);
  });

  it('bounds the bytes it holds', () => {
    const book = createTraceBook({ maxBytes: 100 });
    book.add(batch([span('a', '1', '')], [], 90), 0);
    expect(book.take(1)).toEqual([]);
    book.add(batch([span('b', '1', '')], [], 20), 1);
    expect(book.take(1).map(({ traceId }) => traceId)).toEqual(['a']);
  });
});
