import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Encoding, encodeResponse, encodeStatus } from './answers.ts';
import type { Signal } from './decode-body.ts';
import { holdBytes } from './pending-bytes.ts';
import { collect, unzip } from './read-body.ts';
import { changed, note, refusalOf, type State } from './receiver-state.ts';
import { RejectedBody } from './rejected-body.ts';
import { takeRequest } from './take-request.ts';

const signals: Readonly<Record<string, Signal>> = { '/v1/traces': 'traces', '/v1/logs': 'logs', '/v1/metrics': 'metrics' };
const contentTypes: Readonly<Record<Encoding, string>> = { json: 'application/json', protobuf: 'application/x-protobuf' };

function contentTypeOf(request: IncomingMessage): string | undefined {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

/** Answers come in the encoding of the request; JSON for whatever else was sent. */
function encodingOf(request: IncomingMessage): Encoding {
  return contentTypeOf(request) === contentTypes.protobuf ? 'protobuf' : 'json';
}

async function readBody(state: State, request: IncomingMessage, hold: ReturnType<typeof holdBytes>): Promise<Buffer> {
  const { maxBodyBytes } = state.settings;
  const packing = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (packing !== 'identity' && packing !== 'gzip') throw new RejectedBody(415, `Content-Encoding ${packing} is not gzip`);
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes)
    throw new RejectedBody(413, `The body is larger than ${maxBodyBytes} bytes`);
  const body = await collect(request, maxBodyBytes, hold);
  return packing === 'gzip' ? unzip(body, maxBodyBytes, hold) : body;
}

/** Stores one request and gives the body of its answer. */
async function store(state: State, request: IncomingMessage): Promise<Buffer> {
  const signal = signals[(request.url ?? '').split('?')[0] ?? ''];
  if (signal === undefined) throw new RejectedBody(404, `${request.url} is not /v1/traces, /v1/logs or /v1/metrics`);
  if (request.method !== 'POST') throw new RejectedBody(405, `${request.method} is not POST`);
  const type = contentTypeOf(request);
  if (type !== contentTypes.json && type !== contentTypes.protobuf)
    throw new RejectedBody(415, `Content-Type ${type || 'missing'} is neither application/json nor application/x-protobuf`);
  const encoding = encodingOf(request);
  const hold = holdBytes(state);
  try {
    const body = await readBody(state, request, hold);
    return encodeResponse(signal, encoding, await takeRequest(state, signal, body, encoding));
  } finally {
    hold.release();
  }
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const encoding = encodingOf(request);
  const type = { 'content-type': contentTypes[encoding] };
  try {
    const body = await store(state, request);
    response.writeHead(200, type).end(body);
  } catch (error) {
    const { status, message } = refusalOf(state, error);
    const later = status === 503 ? { 'retry-after': '1' } : {};
    const allow = status === 405 ? { allow: 'POST' } : {};
    response.writeHead(status, { ...type, connection: 'close', ...later, ...allow }).end(encodeStatus(message, encoding));
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
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    // A program that ends with an answer unread resets its connection; what it sent was read, or is refused as incomplete.
    if (error.code === 'ECONNRESET' || error.code === 'EPIPE') {
      socket.destroy();
      return;
    }
    note(state, describeBytes(error.rawPacket, error.message));
    changed(state);
    socket.destroy();
  });
  return server;
}
