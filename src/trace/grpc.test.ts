import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it } from 'vitest';
import { buildTraces } from './build-traces.ts';
import { writeGolden } from './golden.ts';
import { normalizeTrace } from './normal-form.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import type { ReceiverOptions } from './receiver-state.ts';

const open: Receiver[] = [];

async function receive(options: ReceiverOptions = {}): Promise<Receiver & { readonly grpcUrl: string }> {
  const receiver = await startReceiver({ grpcPort: 0, ...options });
  open.push(receiver);
  return Object.assign(receiver, { grpcUrl: receiver.grpcUrl ?? '' });
}

afterEach(async () => {
  for (const receiver of open.splice(0)) await receiver.close();
});

async function exportSome(exporter: SpanExporter): Promise<void> {
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('lab');
  const root = tracer.startSpan('GET /a', { kind: SpanKind.SERVER, attributes: { 'http.route': '/a', 'http.response.status_code': 200 } });
  const child = tracer.startSpan('work', { links: [{ context: root.spanContext() }] }, trace.setSpan(ROOT_CONTEXT, root));
  child.recordException(new RangeError('too far'));
  child.end();
  root.end();
  await provider.shutdown();
}

/** One gRPC message as it stands on the wire. */
function frame(message: Uint8Array, packed = false): Buffer {
  const head = Buffer.alloc(5);
  head[0] = packed ? 1 : 0;
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** A raw gRPC call, so that what no library would send can be sent; resolves to the status code and its reason. */
function call(url: string, body: Uint8Array, headers: Record<string, string> = {}): Promise<{ status: string; reason: string }> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(url);
    session.on('error', reject);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    const seen: Record<string, unknown> = {};
    const finish = (): void => {
      session.destroy();
      resolve({ status: String(seen['grpc-status']), reason: decodeURIComponent(String(seen['grpc-message'] ?? '')) });
    };
    stream.on('response', (fields) => Object.assign(seen, fields));
    stream.on('trailers', (fields) => Object.assign(seen, fields));
    stream.on('error', finish);
    stream.on('end', finish);
    stream.resume();
    stream.end(body);
  });
}

describe('startReceiver with grpcPort', () => {
  it('gives the same golden file for gRPC, protobuf and JSON, plain and gzip', async () => {
    const files = new Set<string>();
    for (const compression of ['none', 'gzip'] as const)
      for (const make of [
        ({ grpcUrl }) => new GrpcExporter({ url: grpcUrl, compression: compression as never }),
        ({ url }) => new ProtoExporter({ url: `${url}/v1/traces`, compression: compression as never }),
        ({ url }) => new JsonExporter({ url: `${url}/v1/traces`, compression: compression as never }),
      ] satisfies ((receiver: { url: string; grpcUrl: string }) => SpanExporter)[]) {
        const receiver = await receive();
        await exportSome(make(receiver));
        expect(receiver.problems).toEqual([]);
        const traces = buildTraces(receiver.spans, receiver.logs).map((each) => ({ request: 'GET /a', spans: normalizeTrace(each) }));
        files.add(writeGolden({ version: 1, scenario: 'default', traces }));
      }
    expect(files.size).toBe(1);
    expect([...files][0]).toContain('"exception.type": "RangeError"');
  });

  it.each([
    ['garbage', frame(Buffer.from([255, 255, 255, 255])), {}, '3', /Not an OTLP traces request/],
    [
      'truncated gzip',
      frame(gzipSync(Buffer.alloc(500, 'x')).subarray(0, 15), true),
      { 'grpc-encoding': 'gzip' },
      '3',
      /not complete gzip/,
    ],
    ['too large a message', frame(Buffer.alloc(5000)), {}, '8', /larger/],
    ['half a message', frame(Buffer.alloc(50)).subarray(0, 20), {}, '3', /exactly one whole message/],
    ['no message', Buffer.alloc(0), {}, '3', /exactly one whole message/],
    ['a packing it does not know', frame(Buffer.alloc(5), true), { 'grpc-encoding': 'br' }, '12', /br is not gzip/],
    ['a gzip bomb', frame(gzipSync(Buffer.alloc(5000)), true), { 'grpc-encoding': 'gzip' }, '8', /larger/],
    ['an unknown service', frame(Buffer.alloc(0)), { ':path': '/x.Y/Export' }, '12', /not implement/],
  ])('answers %s with a status and a reason and goes on', async (_, body, headers, status, reason) => {
    const receiver = await receive({ maxBodyBytes: 2000 });
    expect(await call(receiver.grpcUrl, body, headers)).toEqual({ status, reason: expect.stringMatching(reason) });
    await exportSome(new GrpcExporter({ url: receiver.grpcUrl }));
    expect(receiver.spans).toHaveLength(2);
  });

  it('asks to come again when too much is being read', async () => {
    const receiver = await receive({ maxPendingBytes: 100 });
    const answer = await call(receiver.grpcUrl, frame(Buffer.alloc(500)));
    expect(answer).toEqual({ status: '14', reason: expect.stringContaining('100 bytes are being read') });
    expect([receiver.drops.bodies, receiver.spans.length]).toEqual([1, 0]);
  });

  it('says that HTTP came to the gRPC port', async () => {
    const receiver = await receive();
    const answer = await fetch(`${receiver.grpcUrl}/v1/traces`, { method: 'POST', body: '{}' });
    expect([answer.status, await answer.json()]).toEqual([400, { message: expect.stringContaining('This is HTTP on a gRPC port') }]);
    expect(receiver.problems).toEqual([expect.stringContaining('This is HTTP on a gRPC port')]);
  });

  it('says that gRPC came to the HTTP port', async () => {
    const receiver = await receive();
    await expect(exportSome(new GrpcExporter({ url: receiver.url, timeoutMillis: 300 }))).rejects.toThrow('UNAVAILABLE');
    expect(receiver.problems).toEqual([expect.stringContaining('This is gRPC on an HTTP port')]);
  });

  it.each([
    ['TLS', Buffer.from([0x16, 3, 1, 0, 5]), /TLS on a plain gRPC port/],
    ['noise', Buffer.from('hello there\n'), /Not gRPC/],
  ])('names %s on the gRPC port', async (_, bytes, reason) => {
    const receiver = await receive();
    const socket = connect(Number(new URL(receiver.grpcUrl).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(bytes);
    expect(await receiver.until(({ problems }) => problems.length > 0, 5_000)).toBe(true);
    expect(receiver.problems[0]).toMatch(reason);
    socket.destroy();
  });

  it('counts what it has no room for', async () => {
    const receiver = await receive({ maxBytes: 1 });
    await exportSome(new GrpcExporter({ url: receiver.grpcUrl }));
    expect([receiver.spans.length, receiver.drops.spans]).toEqual([0, 2]);
  });

  it('frees its first port when the second is in use', async () => {
    const first = await receive();
    const grpcPort = Number(new URL(first.grpcUrl).port);
    await expect(startReceiver({ grpcPort })).rejects.toThrow('EADDRINUSE');
  });
});
