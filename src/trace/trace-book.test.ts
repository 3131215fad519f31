import { describe, expect, it } from 'vitest';
import type { LogRecord, SpanRecord } from './records.ts';
import { createTraceBook } from './trace-book.ts';

const origin = { service: 'shop', scope: '', attributes: {}, resource: {} };

function span(trace: string, spanId: string, parentSpanId: string): SpanRecord {
  return {
    ...origin,
    traceId: trace,
    spanId,
    parentSpanId,
    name: 'x',
    kind: 'SERVER',
    status: 'UNSET',
    events: [],
    links: [],
    startMs: 0,
    durationMs: 0,
  };
}

const log: LogRecord = { ...origin, traceId: 'a', spanId: '1', event: '', severity: 'INFO', body: '' };

describe('createTraceBook', () => {
  it('tells a trace once it is whole and quiet', () => {
    const book = createTraceBook({ quietMs: 10, patienceMs: 100 });
    book.add([span('a', '2', '1')], [log], 0);
    expect(book.take(50)).toEqual([]);
    book.add([span('a', '1', '')], [], 50);
    expect(book.take(55)).toEqual([]);
    expect(book.take(60)).toMatchObject([{ traceId: 'a', spanCount: 2, roots: [{ logs: [{ severity: 'INFO' }] }] }]);
    expect(book.take(1_000)).toEqual([]);
  });

  it('loses patience with one whose root never comes', () => {
    const book = createTraceBook({ quietMs: 10, patienceMs: 100 });
    book.add([span('a', '2', '1')], [], 0);
    expect(book.take(99)).toEqual([]);
    expect(book.take(100)).toMatchObject([{ orphans: [{}] }]);
  });

  it('tells the oldest first when there is no room, and the rest at the end', () => {
    const book = createTraceBook({ maxRecords: 2 });
    for (const [index, trace] of ['a', 'b', 'c', 'd'].entries()) book.add([span(trace, '1', '')], [], index);
    expect(book.take(4).map(({ traceId }) => traceId)).toEqual(['a', 'b']);
    expect(book.takeAll().map(({ traceId }) => traceId)).toEqual(['c', 'd']);
    expect(book.takeAll()).toEqual([]);
  });
});
