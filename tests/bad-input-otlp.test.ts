import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder, runCli } from './harness/run-cli.ts';
import { tsxLoader } from './harness/tsx-loader.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

async function startReceiving(): Promise<{ http: URL; grpc: URL; interrupt(): Promise<{ code: unknown; stderr: string }> }> {
  const child = spawn(process.execPath, ['--import', tsxLoader, main, 'receive', '--port', '0', '--grpc-port', '0']);
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.setEncoding('utf8');
  const closed = once(child, 'close');
  await new Promise<void>((resolve) => {
    child.stderr.on('data', (text: string) => {
      stderr += text;
      if (stderr.includes('Ctrl-C')) resolve();
    });
  });
  const [http = '', grpc = ''] = stderr.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
  const interrupt = async (): Promise<{ code: unknown; stderr: string }> => {
    child.kill('SIGINT');
    const [code] = await closed;
    return { code, stderr };
  };
  return { http: new URL(http), grpc: new URL(grpc), interrupt };
}

/** Says something to a port and waits until it hangs up. */
function say({ port }: URL, bytes: Buffer | string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    socket.on('close', () => resolve());
  });
}

async function post(http: URL, body: Uint8Array, headers: Record<string, string>): Promise<[number, string]> {
  const response = await fetch(new URL('/v1/traces', http), { method: 'POST', body: new Uint8Array(body), headers });
  return [response.status, await response.text()];
}

test('receive answers every kind of garbage with the reason, names it, and goes on', async () => {
  const { http, grpc, interrupt } = await startReceiving();
  const protobuf = { 'content-type': 'application/x-protobuf' };
  const json = { 'content-type': 'application/json' };
  const gzip = { ...json, 'content-encoding': 'gzip' };
  const packed = gzipSync('{"resourceSpans":[]}');
  expect(await post(http, Buffer.from([0xff, 0xff, 0xff]), protobuf)).toEqual([400, expect.any(String)]);
  expect(await post(http, Buffer.from('{"resourceSpans":'), json)).toEqual([400, expect.stringContaining('Not an OTLP traces request')]);
  expect(await post(http, Buffer.from('{"resourceSpans":7}'), json)).toEqual([400, expect.stringContaining('Not an OTLP traces request')]);
  expect(await post(http, packed.subarray(0, 15), gzip)).toEqual([400, expect.stringContaining('not complete gzip')]);
  expect(await post(http, Buffer.from('x'), { 'content-type': 'text/plain' })).toEqual([415, expect.stringContaining('text/plain')]);
  await say(http, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  await say(http, Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]));
  await say(grpc, 'POST /v1/traces HTTP/1.1\r\n\r\n');
  expect(await post(http, packed, gzip)).toEqual([200, '{}']);
  const { code, stderr } = await interrupt();
  expect(code).toBe(0);
  for (const reason of [
    'This is gRPC on an HTTP port',
    'This is TLS on a plain HTTP port',
    'This is HTTP on a gRPC port',
    'not complete gzip',
  ])
    expect(stderr).toContain(`refused: ${reason === 'not complete gzip' ? 'The body is not complete gzip' : reason}`);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a program that exports gRPC to the HTTP port: the check names it, with the next step', async () => {
  const server = `const url = new URL(process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
require('net').connect(url.port, url.hostname, function () { this.write('PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n'); }).on('error', () => {}).on('close', () =>
  require('http').createServer((req, res) => res.end('hi')).listen(process.env.PORT));
`;
  const yaml = 'version: 1\nservices: [{ name: shop }]\nscenarios: [{ name: default, requests: [GET /] }]\n';
  const manifest = '{ "name": "shop", "scripts": { "start": "node server.js" } }\n';
  const cwd = makeFolder({ 'package.json': manifest, 'server.js': server, 'tracewright.yaml': yaml });
  const run = await runCli(['verify'], { cwd });
  expect(run.exit).toBe(4);
  expect(run.stdout).toMatch(
    /Some telemetry could not be read\n +This is gRPC on an HTTP port: set OTEL_EXPORTER_OTLP_PROTOCOL=http\/protobuf/,
  );
});
