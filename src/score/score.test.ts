import { describe, expect, it } from 'vitest';
import type { LogRecord, SpanRecord } from '../trace/index.ts';
import { renderScores, scoreServices } from './index.ts';

const resource = {
  'service.name': 'shop',
  'service.instance.id': 'a',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.version': '2.12.0',
  'process.runtime.version': '20.11.0',
};

function span(spanId: string, change: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: 't1',
    spanId,
    parentSpanId: '',
    service: 'shop',
    scope: 'http',
    name: 'GET /',
    kind: 'SERVER',
    status: 'UNSET',
    attributes: {},
    events: [],
    links: [],
    resource,
    startMs: 0,
    durationMs: 10,
    ...change,
  };
}

function log(change: Partial<LogRecord> = {}): LogRecord {
  const ids = { traceId: 't1', spanId: 'a', service: 'shop', scope: 'console', event: '' };
  return { ...ids, severity: 'INFO', body: 'x', attributes: {}, resource, ...change };
}

function many(count: number, change: Partial<SpanRecord>): SpanRecord[] {
  return Array.from({ length: count }, (_, index) => span(`i${index}`, { parentSpanId: 'a', name: 'work', ...change }));
}

function failedOf(spans: readonly SpanRecord[], logs: readonly LogRecord[] = []): readonly string[] {
  return (
    scoreServices(spans, logs)[0]
      ?.rules.filter(({ passed }) => !passed)
      .map(({ id }) => id) ?? []
  );
}

const faults: readonly (readonly [string, readonly SpanRecord[], readonly LogRecord[]])[] = [
  ['RES-001', [span('a', { resource: { ...resource, 'service.instance.id': '' } })], []],
  [
    'RES-002',
    [
      span('a', { resource: { ...resource, 'k8s.pod.name': 'x', 'k8s.pod.uid': '1' } }),
      span('b', { resource: { ...resource, 'k8s.pod.name': 'y', 'k8s.pod.uid': '2' } }),
    ],
    [],
  ],
  ['RES-003', [span('a', { resource: { ...resource, 'k8s.pod.name': 'x' } })], []],
  ['RES-004', [span('a', { attributes: { 'service.name': 'shop' } })], []],
  ['RES-004', [span('a', { resource: { ...resource, 'http.request.method': 'GET' } })], []],
  ['RES-005', [span('a', { resource: { ...resource, 'service.name': '' } })], []],
  ['SDK-001', [span('a', { resource: { ...resource, 'process.runtime.version': '16.20.0' } })], []],
  ['SPA-001', [span('a'), ...many(11, { kind: 'INTERNAL' })], []],
  ['SPA-002', [span('a', { parentSpanId: 'gone' })], []],
  ['SPA-004', [span('a', { kind: 'CLIENT' })], []],
  ['SPA-005', [span('a'), ...many(21, { kind: 'CLIENT', durationMs: 4.9 })], []],
  ['LOG-002', [span('a')], [log({ severity: 'UNSET' })]],
];

describe('scoreServices', () => {
  it('gives 100 when every decided rule holds, and says what it could not decide', () => {
    const [score] = scoreServices([span('a'), ...many(10, { kind: 'INTERNAL' }), ...many(10, { durationMs: 1 })], [log()]);
    expect(score).toMatchObject({ service: 'shop', score: 100, category: 'Excellent', noise: { internal: { most: 10, limit: 10 } } });
    expect(score?.undecided.map(({ id }) => id)).toEqual([
      'SPA-003',
      'LOG-001',
      'MET-001',
      'MET-002',
      'MET-003',
      'MET-004',
      'MET-005',
      'MET-006',
    ]);
  });

  it.each(faults)('finds %s and nothing else', (id, spans, logs) => {
    expect(failedOf(spans, logs)).toEqual([id]);
  });

  it('weighs by the formula of the specification', () => {
    // 11 rules: 1 Critical, 6 Important, 3 Normal, 1 Low = 40 + 180 + 60 + 10; RES-005 costs 40 of 290.
    const [score] = scoreServices([span('a', { resource: { ...resource, 'service.name': '' } })], []);
    expect(score).toMatchObject({ score: 86.21, category: 'Good' });
  });

  it('leaves a rule out of the score when the resource says nothing', () => {
    const { 'process.runtime.version': _runtime, ...silent } = resource;
    const [score] = scoreServices([span('a', { resource: silent })], []);
    expect(score?.rules.map(({ id }) => id)).not.toContain('SDK-001');
    expect(score?.undecided[0]).toEqual({ id: 'SDK-001', why: 'the resource does not say enough' });
  });

  it('takes the one who asked for a parent, and judges each service by itself', () => {
    const asked = [span('a', { parentSpanId: 'caller' }), span('b', { service: 'stock', parentSpanId: 'gone' })];
    const scores = scoreServices(asked, [], new Set(['caller']));
    expect(scores.map(({ service, score }) => [service, score])).toEqual([
      ['shop', 100],
      ['stock', 93.1],
    ]);
    expect(scoreServices([], [])).toEqual([]);
  });

  it('names what fails', () => {
    const scores = scoreServices([span('a'), ...many(12, { kind: 'INTERNAL' })], []);
    expect(renderScores(scores, false)).toContain('SPA-001 Normal: INTERNAL work (12 times)');
    expect(renderScores([], false)).toBe('');
  });
});
