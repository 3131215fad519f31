import { describe, expect, it } from 'vitest';
import type { SpanRecord } from '../trace/index.ts';
import { goldenOf, groupTests } from './group-tests.ts';
import type { TestCall } from './test-calls.ts';
import { scenarioNames } from './test-scenario.ts';

function span(traceId: string, parentSpanId: string, name: string): SpanRecord {
  const nothing = { attributes: {}, events: [], links: [], resource: {}, startMs: 0, durationMs: 1 } as const;
  return {
    traceId,
    spanId: `${traceId}-${name}`,
    parentSpanId,
    service: 'shop',
    scope: 'lab',
    name,
    kind: 'SERVER',
    status: 'UNSET',
    ...nothing,
  };
}

function call(traceId: string, test: readonly string[], path = '/', file = 'a.test.js'): TestCall {
  return { file: test.length === 0 ? '' : file, test, method: 'GET', path, traceId, spanId: `caller-${traceId}` };
}

describe('groupTests', () => {
  const calls = [call('t2', ['b'], '/orders/12345'), call('t1', ['a']), call('t3', []), call('t4', ['a'], '/unanswered')];
  const spans = [span('t1', 'caller-t1', 'one'), span('t2', 'caller-t2', 'two'), span('t3', 'caller-t3', 'three'), span('t9', '', 'timer')];
  const grouped = groupTests(calls, { spans, logs: [] });

  it('gives each test the traces of its requests, in the order of names', () => {
    expect(
      grouped.tests.map(({ scenario, requests }) => [scenario, requests.map(({ request, trace }) => [request, trace?.spanCount])]),
    ).toEqual([
      [
        'tests/a.test.js/a',
        [
          ['GET /', 1],
          ['GET /unanswered', undefined],
        ],
      ],
      ['tests/a.test.js/b', [['GET /orders/<number>', 1]]],
    ]);
  });

  it('keeps what happened outside a test apart from what nobody asked for', () => {
    expect(grouped.outside.map(({ traceId }) => traceId)).toEqual(['t3']);
    expect(grouped.strangers.map(({ traceId }) => traceId)).toEqual(['t9']);
  });

  it('writes the same golden trace in whatever order parallel requests were sent', () => {
    const [one, two] = [call('t1', ['a'], '/x'), call('t2', ['a'], '/y')];
    const of = (order: readonly TestCall[]): unknown => groupTests(order, { spans, logs: [] }).tests.map((test) => goldenOf(test, []));
    expect(of([one, two])).toEqual(of([two, one]));
  });

  it('tells tests of one name in two files apart', () => {
    const twice = groupTests([call('t1', ['same'], '/', 'a.js'), call('t2', ['same'], '/', 'b.js')], { spans, logs: [] });
    expect(twice.tests.map(({ scenario }) => scenario)).toEqual(['tests/a.js/same', 'tests/b.js/same']);
  });
});

describe('scenarioNames', () => {
  it('makes file names of titles, and tells apart what falls together, is too long, or has no letter', () => {
    const names = [['Größe: 5 > 3?'], ['a b'], ['a-b'], ['!'], ['x'.repeat(200)], ['../../etc/passwd']];
    const found = [...scenarioNames('a.js', names).values()].map((name) => name.slice('tests/a.js/'.length));
    expect(found).toEqual([
      'größe-5-3',
      expect.stringMatching(/^a-b-[0-9a-f]{8}$/),
      expect.stringMatching(/^a-b-[0-9a-f]{8}$/),
      expect.stringMatching(/^-[0-9a-f]{8}$/),
      expect.stringMatching(/^x{80}-[0-9a-f]{8}$/),
      'etc-passwd',
    ]);
    expect(new Set(found).size).toBe(names.length);
  });
});
