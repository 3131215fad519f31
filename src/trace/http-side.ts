import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Signal } from './decode-body.ts';
import { readBody } from './read-body.ts';
import { changed, note, refusalOf, type State } from './receiver-state.ts';
import { RejectedBody } from './rejected-body.ts';
import { takeRequest } from './take-request.ts';

const signals: Readonly<Record<string, Signal>> = { '/v1/traces': 'traces', '/v1/logs': 'logs', '/v1/metrics': 'metrics' };

async function store(state: State, request: IncomingMessage): Promise<boolean> {
  const signal = signals[(request.url ?? '').split('?')[0] ?? ''];
  if (signal === undefined) throw new RejectedBody(404, `${request.url} is not /v1/traces, /v1/logs or /v1/metrics`);
  if (request.method !== 'POST') throw new RejectedBody(405, `${request.method} is not POST`);
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const protobuf = type === 'application/x-protobuf';
  if (!protobuf && type !== 'application/json')
    throw new RejectedBody(415, `Content-Type ${type || 'missing'} is neither application/json nor application/x-protobuf`);
  await takeRequest(state, signal, await readBody(request, state), protobuf ? 'protobuf' : 'json');
  return protobuf;
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const protobuf = await store(state, request);
    response.writeHead(200, { 'content-type': protobuf ? 'application/x-protobuf' : 'application/json' });
    response.end(protobuf ? '' : '{}');
  } catch (error) {
    const { status, message } = refusalOf(state, error);
    const later = status === 503 ? { 'retry-after': '1' } : {};
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...later });
    response.end(JSON.stringify({ message }));
    request.resume();
  }
}

function describeBytes(bytes: Buffer | undefined, fallback: string): string {
  if (bytes?.subarray(0, 5).toString('latin1') === 'PRI *')
    return 'This is gRPC on an HTTP port: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, or send to the gRPC port';
  if (bytes?.[0] === 0x16) return 'This is TLS on a plain HTTP port: use an http:// endpoint';
  return `Not HTTP: ${fallback}`;
}

/** The OTLP/HTTP side of a receiver, not listening yet. */
export function createHttpSide(state: State): Server {
  const server = createServer((request, response) => {
    state.pending += 1;
    response.on('error', () => undefined);
    void answer(state, request, response).finally(() => {
      state.pending -= 1;
      changed(state);
    });
  });
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket) => {
    note(state, describeBytes(error.rawPacket, error.message));
    changed(state);
    socket.destroy();
  });
  return server;
}
