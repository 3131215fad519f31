import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { DiagLogLevel, diag, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { buildTraces } from './build-traces.ts';
import { normalizeTrace } from './normal-form.ts';
import { otlpLine } from './otlp-json.ts';
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

type Refusal = [string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number, RegExp];

/** `message` of a google.rpc.Status; short enough that its length is one byte or two. */
function statusMessage(bytes: Buffer): string {
  expect(bytes[0]).toBe((2 << 3) | 2);
  return bytes.subarray((bytes[1] ?? 0) < 0x80 ? 2 : 3).toString();
}

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
  ] satisfies Refusal[])('answers %s with the reason and goes on', async (_, body, headers: Record<string, string>, status, reason) => {
    const receiver = await receive({ maxBodyBytes: 2000 });
    const answer = await post(receiver, body, headers);
    const protobuf = headers['content-type'] === 'application/x-protobuf';
    expect(answer.headers.get('content-type')).toBe(protobuf ? 'application/x-protobuf' : 'application/json');
    const said = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, protobuf ? statusMessage(said) : JSON.parse(said.toString()).message]).toEqual([
      status,
      expect.stringMatching(reason),
    ]);
    expect(receiver.drops.bodies).toBe(status === 413 ? 1 : 0);
    expect((await post(receiver, request)).status).toBe(200);
    expect(receiver.spans).toHaveLength(1);
  });

  it('keeps at most maxRecords, counts the rest, and tells the exporter', async () => {
    const receiver = await receive({ maxRecords: 1 });
    expect(await (await post(receiver, request)).json()).toEqual({});
    expect(await (await post(receiver, request)).json()).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: 'The receiver is full: it keeps 1 records' },
    });
    expect([receiver.spans.length, receiver.drops.spans]).toEqual([1, 1]);
  });

  it('tells real exporters of a partial success', async () => {
    const warnings: string[] = [];
    const quiet = (): void => undefined;
    const warn = (...words: unknown[]): void => void warnings.push(words.map(String).join(' '));
    diag.setLogger({ error: quiet, warn, info: quiet, debug: quiet, verbose: quiet }, { logLevel: DiagLogLevel.WARN });
    onTestFinished(() => diag.disable());
    const receiver = await receive({ maxBytes: 1 });
    for (const Exporter of [JsonExporter, ProtoExporter]) await exportSome(new Exporter({ url: `${receiver.url}/v1/traces` }));
    expect(warnings).toEqual(Array(2).fill(expect.stringMatching(/partial success.*rejectedSpans.*2.*The receiver is full/i)));
    expect(receiver.drops.spans).toBe(4);
  });

  it('asks to come again when too much is being read', async () => {
    const receiver = await receive({ maxPendingBytes: 10 });
    const answer = await post(receiver, request);
    expect([answer.status, answer.headers.get('retry-after'), receiver.drops.bodies]).toEqual([503, '1', 1]);
  });

  it('refuses what is no POST, and says what is', async () => {
    const receiver = await receive();
    const answer = await fetch(`${receiver.url}/v1/traces`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await post(receiver, request, {}, '/v2/traces')).status).toBe(404);
  });

  it('answers whatever bytes come, and lives on', async () => {
    const receiver = await receive({ maxBodyBytes: 4000 });
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
      fc.constantFrom(Buffer.from('{"resourceSpans":'.repeat(200)), Buffer.from(`${'['.repeat(1900)}${']'.repeat(1900)}`)),
      fc.nat(request.length).map((length) => Buffer.from(request.slice(0, length))),
    );
    const types = fc.constantFrom('application/json', 'application/x-protobuf');
    await fc.assert(
      fc.asyncProperty(body, types, fc.constantFrom('traces', 'logs', 'metrics'), fc.boolean(), async (bytes, type, signal, packed) => {
        const headers = { 'content-type': type, ...(packed ? { 'content-encoding': 'gzip' } : {}) };
        const answer = await post(receiver, packed ? gzipSync(bytes) : Uint8Array.from(bytes), headers, `/v1/${signal}`);
        await answer.arrayBuffer();
        expect([200, 400]).toContain(answer.status);
        expect(answer.headers.get('content-type')).toBe(type);
      }),
      { numRuns: 150 },
    );
    expect((await post(receiver, request)).status).toBe(200);
  });

  it('takes an empty request for a success', async () => {
    const receiver = await receive();
    expect((await post(receiver, '{}')).status).toBe(200);
    expect((await post(receiver, new Uint8Array(), { 'content-type': 'application/x-protobuf' })).status).toBe(200);
  });

  it('gives metrics on as they came, JSON and protobuf alike', async () => {
    const lines: string[] = [];
    const receiver = await receive({ listener: (arrival) => void lines.push(otlpLine(arrival)) });
    for (const Exporter of [JsonMetrics, ProtoMetrics]) {
      const exporter = new Exporter({ url: `${receiver.url}/v1/metrics` });
      const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })] });
      const meter = provider.getMeter('lab');
      meter.createCounter('calls', { unit: '{call}' }).add(3, { route: '/a' });
      meter.createHistogram('time', { unit: 's', advice: { explicitBucketBoundaries: [1, 2] } }).record(1.5);
      meter.createObservableGauge('heat').addCallback((result) => result.observe(Number.POSITIVE_INFINITY));
      await provider.shutdown();
    }
    const [json, protobuf] = lines.map((line) => JSON.parse(line.replace(/"\d{19}"/g, '"<time>"')).resourceMetrics[0].scopeMetrics);
    expect(protobuf).toMatchObject([
      {
        scope: { name: 'lab' },
        metrics: [
          {
            name: 'calls',
            unit: '{call}',
            sum: {
              aggregationTemporality: 2,
              isMonotonic: true,
              dataPoints: [{ asDouble: 3, attributes: [{ key: 'route', value: { stringValue: '/a' } }] }],
            },
          },
          {
            name: 'time',
            histogram: {
              dataPoints: [{ count: '1', sum: 1.5, min: 1.5, max: 1.5, bucketCounts: ['0', '1', '0'], explicitBounds: [1, 2] }],
            },
          },
          { name: 'heat', gauge: { dataPoints: [{ asDouble: 'Infinity' }] } },
        ],
      },
    ]);
    expect(json.map(({ metrics }: { metrics: readonly { name: string }[] }) => metrics.map(({ name }) => name))).toEqual([
      ['calls', 'time', 'heat'],
    ]);
    expect(receiver.metrics).toBe(6);
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
