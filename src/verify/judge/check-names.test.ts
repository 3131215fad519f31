import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Route } from '../../contract/index.ts';
import type { SpanRecord, Trace } from '../../trace/index.ts';
import { sendRequest } from '../run/send-request.ts';
import { checkNames } from './checks.ts';

/** As `express.static` answers, and as a handler does. */
const server = createServer((request, response) => {
  if (request.url === '/file') response.setHeader('Accept-Ranges', 'bytes').setHeader('Last-Modified', 'Sun, 01 Nov 2026 10:00:00 GMT');
  response.end('hello');
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

function traceOf(traceId: string, path: string): Trace {
  const attributes = { 'url.path': path, 'http.response.status_code': 200 };
  const ids = { traceId, spanId: '1', parentSpanId: '', service: 'shop', scope: 'http', resource: {}, startMs: 0, durationMs: 1 };
  const span: SpanRecord = { ...ids, name: 'GET', kind: 'SERVER', status: 'UNSET', attributes, events: [], links: [] };
  return { traceId, roots: [{ span, children: [], logs: [] }], orphans: [], strayLogs: [], services: ['shop'], spanCount: 1 };
}

it.each([
  ['/file', 'warn'],
  ['/handled', 'fail'],
])('asks for a route where one is known, unless a static file answered before it: %s', async (path, status) => {
  const request = { service: 'shop', method: 'GET', path, headers: {}, expectSpans: [], ignore: [] };
  const exchange = await sendRequest('default', request, { host: '127.0.0.1', port, tls: false }, { timeoutMs: 5000 });
  const route: Route = { service: 'shop', method: 'GET', path, evidence: { file: 'app.js', line: 1 } };
  expect(checkNames([traceOf(exchange.traceId, path)], [route], [exchange]).status).toBe(status);
});
