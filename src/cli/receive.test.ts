import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { SimpleSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../../tests/harness/run-cli.ts';
import { tsxLoader } from '../../tests/harness/tsx-loader.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

interface Receiving {
  readonly http: string;
  readonly grpc: string;
  /** Presses Ctrl-C and says how it ended. */
  interrupt(): Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function startReceiving(words: readonly string[]): Promise<Receiving> {
  const child = spawn(process.execPath, ['--import', tsxLoader, main, 'receive', '--port', '0', '--grpc-port', '0', ...words]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    out.stdout += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      out.stderr += String(chunk);
      const [http = '', grpc = ''] = out.stderr.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
      if (!out.stderr.includes('Ctrl-C')) return;
      const interrupt: Receiving['interrupt'] = async () => {
        child.kill('SIGINT');
        return { code: await ended, ...out };
      };
      resolve({ http, grpc, interrupt });
    });
    void ended.then(() => reject(new Error(out.stderr)));
  });
}

async function send(exporter: SpanExporter, name: string): Promise<void> {
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  provider.getTracer('lab').startSpan(name, { kind: SpanKind.SERVER }).end();
  await provider.shutdown();
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'tracewright-receive-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('receive prints what came over HTTP and gRPC, writes OTLP/JSON lines, names a wrong protocol and ends on Ctrl-C', async () => {
  const file = join(folder(), 'traces.jsonl');
  const receiving = await startReceiving(['--out', file]);
  await send(new ProtoExporter({ url: `${receiving.http}/v1/traces` }), 'GET /http');
  await send(new GrpcExporter({ url: receiving.grpc }), 'GET /grpc');
  await fetch(`${receiving.grpc}/v1/traces`, { method: 'POST', body: '{}' });
  await fetch(`${receiving.http}/v1/traces`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
  const { code, stdout, stderr } = await receiving.interrupt();
  expect(code).toBe(0);
  expect(stdout).toMatch(/trace 1 span, 1 service\n.*SERVER GET \/http\n/);
  expect(stdout).toMatch(/SERVER GET \/grpc\n/);
  expect(stderr).toMatch(/refused: This is HTTP on a gRPC port[\s\S]*refused: Not an OTLP traces request[\s\S]*2 traces, 2 spans, 0 logs/);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    resourceSpans: [
      { scopeSpans: [{ scope: { name: 'lab' }, spans: [{ traceId: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'GET /grpc' }] }] },
    ],
  });
});

test('receive --json prints one document for each trace', async () => {
  const receiving = await startReceiving(['--json']);
  await send(new ProtoExporter({ url: `${receiving.http}/v1/traces` }), 'GET /a');
  const { stdout, stderr } = await receiving.interrupt();
  expect(JSON.parse(stdout)).toMatchObject({ spanCount: 1, spans: [{ kind: 'SERVER', name: 'GET /a' }] });
  expect(stderr).toContain('1 trace, 1 span, 0 logs, 0 metrics, 0 bodies dropped');
});

test('receive refuses a port in use, a wrong port and a file it cannot write', async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  expect(await runCli(['receive', '--port', '0', '--grpc-port', port])).toMatchObject({
    exit: 4,
    stderr: expect.stringMatching(new RegExp(`^TW3005 .*port ${port}( is held by .*)?\\n.*--grpc-port`)),
  });
  expect(await runCli(['receive', '--port', 'x'])).toMatchObject({ exit: 2, stderr: expect.stringMatching(/^TW1072 .*'x' is not a port/) });
  expect(await runCli(['receive', '--out', join(folder(), 'no/file')])).toMatchObject({
    exit: 2,
    stderr: expect.stringMatching(/^TW1074/),
  });
});
