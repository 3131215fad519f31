import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, it, onTestFinished } from 'vitest';
import { tsxLoader } from '../../tests/harness/tsx-loader.ts';
import type { ReceiverOptions } from './receiver-state.ts';

const child = fileURLToPath(new URL('../../tests/harness/receiver-child.ts', import.meta.url));
const mebibyte = 1024 * 1024;

interface Summary {
  readonly spans: number;
  readonly services: number;
  readonly drops: { readonly bodies: number; readonly spans: number };
  readonly problems: readonly string[];
  readonly peakMb: number;
}

interface Running {
  readonly url: string;
  readonly grpcUrl: string;
  finish(): Promise<Summary>;
}

async function start(options: ReceiverOptions): Promise<Running> {
  const started = spawn(process.execPath, ['--import', tsxLoader, child, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void started.kill('SIGKILL'));
  const lines = createInterface(started.stdout);
  const next = (): Promise<string> => new Promise((resolve) => lines.once('line', resolve));
  const ports: { url: string; grpcUrl: string } = JSON.parse(await next());
  return {
    ...ports,
    finish: async () => {
      const last = next();
      started.stdin.end();
      return JSON.parse(await last);
    },
  };
}

/** Spans of one service that weigh about 20 kB each. */
function heavySpans(service: string, count: number): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const resource = resourceFromAttributes({ 'service.name': service });
  const tracer = new TracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor({ exporter })] }).getTracer('flood');
  for (let index = 0; index < count; index += 1) tracer.startSpan('work', { attributes: { load: 'x'.repeat(20_000) } }).end();
  return exporter.getFinishedSpans();
}

/** Whether the exporter says that it delivered. */
function deliver(exporter: SpanExporter, spans: ReadableSpan[]): Promise<boolean> {
  return new Promise((resolve) => exporter.export(spans, ({ code }) => resolve(code === 0)));
}

it('a flood of many services over HTTP and gRPC: bounded memory, and every span is kept or counted', { timeout: 60_000 }, async () => {
  const idle = await (await start({})).finish();
  const receiver = await start({ maxPendingBytes: 8 * mebibyte, maxBytes: 10 * mebibyte });
  const perBatch = 100;
  const services = Array.from({ length: 16 }, (_, index) => `service-${index}`);
  const delivered = await Promise.all(
    services.flatMap((service) => {
      const spans = heavySpans(service, perBatch);
      return [new ProtoExporter({ url: `${receiver.url}/v1/traces` }), new GrpcExporter({ url: receiver.grpcUrl })].map((exporter) =>
        deliver(exporter, spans),
      );
    }),
  );
  const seen = await receiver.finish();
  const sent = perBatch * services.length * 2;
  expect(delivered.filter(Boolean).length * perBatch).toBe(seen.spans + seen.drops.spans);
  expect(seen.spans).toBeGreaterThan(0);
  expect(seen.spans).toBeLessThan(sent);
  expect(seen.services).toBeGreaterThan(1);
  expect(seen.drops.spans).toBeGreaterThan(0);
  // 64 MB arrived.
  expect(seen.peakMb - idle.peakMb).toBeLessThan(200);
});

it('a hundred gzip bombs at once: bounded memory, each refused with a reason', { timeout: 60_000 }, async () => {
  const idle = await (await start({})).finish();
  const receiver = await start({ maxPendingBytes: 32 * mebibyte });
  const bomb = gzipSync(Buffer.alloc(200 * mebibyte));
  const headers = { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' };
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => fetch(`${receiver.url}/v1/traces`, { method: 'POST', headers, body: bomb })),
  );
  expect([...new Set(answers.map(({ status }) => status))].filter((status) => status !== 413 && status !== 503)).toEqual([]);
  const seen = await receiver.finish();
  expect(seen.drops.bodies).toBe(100);
  expect(seen.peakMb - idle.peakMb).toBeLessThan(200);
});
