import { describe, expect, it } from 'vitest';
import { buildTraces, type SpanRecord } from '../../trace/index.ts';
import type { Exchange } from '../run/send-request.ts';
import { checkNames } from './checks.ts';

const evidence = { file: 'app.js', line: 1 };

/** One request, what its span calls itself, and the routes of the program. */
function judge(path: string, route: string, known: readonly string[]): ReturnType<typeof checkNames> {
  const traceId = '1'.repeat(32);
  const attributes = { 'http.route': route, 'http.request.method': 'GET', 'http.response.status_code': 200 };
  const span = {
    traceId,
    spanId: '2'.repeat(16),
    parentSpanId: '3'.repeat(16),
    service: 'shop',
    kind: 'SERVER',
    name: `GET ${route}`,
    attributes,
  };
  const rest = { scope: 'a', status: 'unset', events: [], links: [], startMs: 0, durationMs: 1, resource: {} };
  const request = { service: 'shop', method: 'GET', path, headers: {}, expectSpans: [], ignore: [] };
  const exchange = { scenario: 'default', request, label: `GET ${path}`, traceId, callerId: '3'.repeat(16), status: 200 };
  const traces = buildTraces([{ ...span, ...rest } as unknown as SpanRecord], [], new Set([exchange.callerId]));
  const routes = known.map((each) => ({
    service: 'shop',
    method: each.startsWith('USE ') ? 'USE' : 'GET',
    path: each.replace('USE ', ''),
    evidence,
  }));
  return checkNames(traces, routes, [exchange as unknown as Exchange]);
}

describe('the route of a span and the path that was asked', () => {
  it.each([
    [
      '/ui/api/queues',
      '/api/queues',
      ['/ui/api/queues'],
      'fail',
      'GET /ui/api/queues: its span is named /api/queues, it is /ui/api/queues',
    ],
    ['/api/rooms/1', '/rooms/{id}', ['/api/rooms/{id}'], 'fail', 'GET /api/rooms/1: its span is named /rooms/{id}, it is /api/rooms/{id}'],
    ['/ui/api/queues', '/api/queues', [], 'warn', 'GET /ui/api/queues: its span is named /api/queues'],
    ['/alice', '/alice', ['USE /:tenant'], 'fail', 'GET /alice: named by its value, not by /:tenant'],
    ['/orders/7', '/orders/7', ['/orders/:id'], 'fail', 'GET /orders/7: named by its value, not by /orders/:id'],
  ])('%s named %s among %j is reported', (path, route, known, status, detail) => {
    expect(judge(path, route, known)).toMatchObject({ id: 'server-span-names', status, details: [detail] });
  });

  it.each([
    ['/orders/7', '/orders/:id', ['/orders/:id']],
    ['/orders/7', '/orders/{id}', []],
    ['/orders/new', '/orders/new', ['/orders/new', '/orders/:id']],
    ['/about', '/about', []],
    ['/about/', '/about', []],
    ['/files/a/b', '/files/*', []],
    ['/files/a/b', '/files/{*path}', []],
    ['/a', '/a/:id?', []],
    ['/', '/', ['/:page']],
    ['/T1/x', '/:tenant/x', ['USE /:tenant']],
  ])('%s named %s among %j is right', (path, route, known) => {
    expect(judge(path, route, known)).toMatchObject({ status: 'pass' });
  });
});
