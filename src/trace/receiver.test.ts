import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it } from 'vitest';
import { buildTraces } from './build-traces.ts';
import { normalizeTrace } from './normal-form.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import type { ReceiverOptions } from './receiver-state.ts';

const open: Receiver[] = [];

async function receive(options?: ReceiverOptions): Promise<Receiver> {
  const receiver = await startReceiver(options);
  open.push(receiver);
  return receiver;
}

afterEach(async () => {
  for (const receiver of open.splice(0)) await receiver.close();
});

async function exportSome(exporter: SpanExporter): Promise<void> {
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('lab', '1.2.3');
  const root = tracer.startSpan('GET /a', {
    kind: SpanKind.SERVER,
    attributes: { 'http.response.status_code': 500, ratio: 0.5, tags: ['x', 'y'], big: 2 ** 40 },
  });
  const child = tracer.startSpan('work', { links: [{ context: root.spanContext() }] }, trace.setSpan(ROOT_CONTEXT, root));
  child.recordException(new RangeError('too far'));
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'no' });
  child.end();
  root.end();
  await provider.shutdown();
}

function post(
  receiver: Receiver,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
  path = '/v1/traces',
): Promise<Response> {
  return fetch(receiver.url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'x', kind: 2 };
const request = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });

describe('startReceiver', () => {
  it('reads JSON, protobuf and gzip from the real exporters as the same spans', async () => {
    const forms: string[] = [];
    for (const [Exporter, compression] of [
      [JsonExporter, 'none'],
      [ProtoExporter, 'none'],
      [JsonExporter, 'gzip'],
      [ProtoExporter, 'gzip'],
    ] as const) {
      const receiver = await receive();
      await exportSome(new Exporter({ url: `${receiver.url}/v1/traces`, compression: compression as never }));
      expect(receiver.problems).toEqual([]);
      const [built] = buildTraces(receiver.spans, receiver.logs);
      expect(built?.roots[0]?.span.attributes).toMatchObject({
        'http.response.status_code': 500,
        ratio: 0.5,
        tags: ['x', 'y'],
        big: 2 ** 40,
      });
      expect(built?.roots[0]?.span.durationMs).toBeGreaterThan(0);
      forms.push(JSON.stringify(built && normalizeTrace(built, { attributes: ['ratio', 'tags', 'big'] })));
    }
    expect(new Set(forms).size).toBe(1);
    expect(JSON.parse(forms[0] ?? '')).toMatchObject([
      {
        kind: 'SERVER',
        scope: 'lab',
        children: [
          {
            status: 'ERROR',
            events: [{ name: 'exception', attributes: { 'exception.type': 'RangeError' } }],
            links: [expect.stringContaining('SERVER GET /a')],
          },
        ],
      },
    ]);
  });

  it('accepts logs and metrics', async () => {
    const receiver = await receive();
    const log = { severityNumber: 9, body: { stringValue: 'hello' }, traceId: span.traceId, spanId: span.spanId, eventName: 'shop.open' };
    await post(
      receiver,
      JSON.stringify({ resourceLogs: [{ scopeLogs: [{ scope: { name: 'console' }, logRecords: [log] }] }] }),
      {},
      '/v1/logs',
    );
    await post(receiver, JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm' }] }] }] }), {}, '/v1/metrics');
    expect(receiver.logs).toMatchObject([{ severity: 'INFO', body: 'hello', event: 'shop.open', scope: 'console', traceId: span.traceId }]);
    expect(receiver.metrics).toBe(1);
  });

  it.each([
    ['no JSON', '{', {}, 400, /JSON/],
    ['a list for a body', '[]', {}, 400, /not an export request/],
    ['a bad id', request.replace(span.traceId, 'zz'), {}, 400, /traceId is not 32 hex digits/],
    ['truncated gzip', gzipSync(request).subarray(0, 30), { 'content-encoding': 'gzip' }, 400, /gzip/],
    ['a bomb', gzipSync(Buffer.alloc(5000)), { 'content-encoding': 'gzip' }, 413, /larger than 2000/],
    ['too much', 'x'.repeat(3000), {}, 413, /larger than 2000/],
    ['garbage protobuf', Buffer.from([255, 255, 255, 255]), { 'content-type': 'application/x-protobuf' }, 400, /Not an OTLP traces/],
    ['an unknown type', request, { 'content-type': 'text/plain' }, 415, /text\/plain/],
  ])('answers %s with the reason and goes on', async (_, body, headers, status, reason) => {
    const receiver = await receive({ maxBodyBytes: 2000 });
    const answer = await post(receiver, body, headers);
    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([status, expect.stringMatching(reason)]);
    expect(receiver.drops.bodies).toBe(status === 413 ? 1 : 0);
    expect((await post(receiver, request)).status).toBe(200);
    expect(receiver.spans).toHaveLength(1);
  });

  it('keeps at most maxRecords and counts the rest', async () => {
    const receiver = await receive({ maxRecords: 1 });
    await post(receiver, request);
    await post(receiver, request);
    expect([receiver.spans.length, receiver.drops.spans]).toEqual([1, 1]);
  });

  it('says that gRPC came to an HTTP port', async () => {
    const receiver = await receive();
    const socket = connect(Number(new URL(receiver.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect(await receiver.until(({ problems }) => problems.length > 0, 5_000)).toBe(true);
    expect(receiver.problems[0]).toMatch(/gRPC on an HTTP port/);
    socket.destroy();
  });

  it('wakes a waiter on arrival and gives up at the time-out', async () => {
    const receiver = await receive();
    const seen = receiver.until(({ spans }) => spans.length === 1, 10_000);
    await post(receiver, request);
    expect(await seen).toBe(true);
    expect(await receiver.until(({ spans }) => spans.length === 2, 20)).toBe(false);
    expect(await receiver.until(() => false, 60_000, AbortSignal.abort())).toBe(false);
  });
});
