import { constants, createServer as createHttp2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { encodeResponse } from './answers.ts';
import type { Signal } from './decode-body.ts';
import { holdBytes } from './pending-bytes.ts';
import { collect, unzip } from './read-body.ts';
import { changed, note, refusalOf, type State } from './receiver-state.ts';
import { RejectedBody } from './rejected-body.ts';
import { takeRequest } from './take-request.ts';

const proto = '/opentelemetry.proto.collector';
const signals: Readonly<Record<string, Signal>> = {
  [`${proto}.trace.v1.TraceService/Export`]: 'traces',
  [`${proto}.logs.v1.LogsService/Export`]: 'logs',
  [`${proto}.metrics.v1.MetricsService/Export`]: 'metrics',
};

/** UNIMPLEMENTED, RESOURCE_EXHAUSTED, INTERNAL and UNAVAILABLE, which alone is retried; all else is INVALID_ARGUMENT. */
const codes: Readonly<Record<number, number>> = { 404: 12, 415: 12, 413: 8, 500: 13, 503: 14 };
const invalidArgument = 3;

/** What an HTTP/2 client says first. */
const preface = Buffer.from('PRI * HTTP/2.0');
/** Flag and length before each message. */
const prefixLength = 5;

export interface GrpcSide {
  readonly server: Server;
  close(): void;
}

/** Refuses, in its own words, a client that does not speak HTTP/2. */
function refuseForeign(state: State, socket: Socket, first: Buffer): void {
  const http = /^[A-Z]+ \S+ HTTP\/1/.test(first.subarray(0, 200).toString('latin1'));
  const reason = http
    ? 'This is HTTP on a gRPC port: set OTEL_EXPORTER_OTLP_PROTOCOL=grpc, or send to the HTTP port'
    : first[0] === 0x16
      ? 'This is TLS on a plain gRPC port: use an http:// endpoint'
      : 'Not gRPC: the connection does not begin with HTTP/2';
  note(state, reason);
  changed(state);
  const body = JSON.stringify({ message: reason });
  if (http)
    socket.end(
      `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
  else socket.destroy();
}

/** Reads until the first bytes tell who is calling. */
function listenTo(state: State, socket: Socket, accept: (socket: Socket) => void): void {
  let first = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    first = Buffer.concat([first, chunk]);
    const known = Math.min(first.length, preface.length);
    const fits = first.subarray(0, known).equals(preface.subarray(0, known));
    if (fits && known < preface.length) return;
    socket.off('data', look);
    if (!fits) {
      refuseForeign(state, socket, first);
      return;
    }
    socket.pause();
    socket.unshift(first);
    accept(socket);
  };
  socket.on('error', () => undefined);
  socket.on('data', look);
}

/** The one message of a call, unpacked. */
async function readMessage(
  state: State,
  stream: ServerHttp2Stream,
  packing: string,
  hold: ReturnType<typeof holdBytes>,
): Promise<Uint8Array> {
  const { maxBodyBytes } = state.settings;
  const body = await collect(stream, maxBodyBytes + prefixLength, hold, 'The message');
  if (body.length < prefixLength || body.readUInt32BE(1) !== body.length - prefixLength)
    throw new RejectedBody(400, 'The call does not hold exactly one whole message');
  const message = body.subarray(prefixLength);
  if (body[0] === 0) return message;
  if (packing !== 'gzip') throw new RejectedBody(415, `grpc-encoding ${packing} is not gzip`);
  return unzip(message, maxBodyBytes, hold);
}

/** Stores one call and gives the body of its answer. */
async function store(state: State, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<Buffer> {
  const signal = signals[headers[':path'] ?? ''];
  if (signal === undefined) throw new RejectedBody(404, `The server does not implement ${headers[':path']}`);
  const hold = holdBytes(state);
  try {
    const message = await readMessage(state, stream, String(headers['grpc-encoding'] ?? 'identity'), hold);
    return encodeResponse(signal, 'protobuf', await takeRequest(state, signal, message, 'protobuf'));
  } finally {
    hold.release();
  }
}

const head = { ':status': 200, 'content-type': 'application/grpc', 'grpc-accept-encoding': 'identity,gzip' };

async function answer(state: State, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
  if (!headers['content-type']?.startsWith('application/grpc')) {
    note(state, `Not gRPC: an HTTP/2 request of type ${headers['content-type'] ?? 'unknown'}`);
    stream.respond({ ':status': 415 }, { endStream: true });
    return;
  }
  try {
    const body = await store(state, stream, headers);
    const prefix = Buffer.alloc(prefixLength);
    prefix.writeUInt32BE(body.length, 1);
    stream.respond(head, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.concat([prefix, body]));
  } catch (error) {
    const { status, message } = refusalOf(state, error);
    if (stream.destroyed || stream.headersSent) return;
    const code = String(codes[status] ?? invalidArgument);
    stream.respond({ ...head, 'grpc-status': code, 'grpc-message': encodeURIComponent(message.slice(0, 1000)) }, { endStream: true });
    // Whoever is still sending may stop.
    stream.close(constants.NGHTTP2_NO_ERROR);
  }
}

/** The OTLP/gRPC side of a receiver, not listening yet: unary calls need no more of gRPC than HTTP/2, a prefix and trailers. */
export function createGrpcSide(state: State): GrpcSide {
  const core = createHttp2Server();
  core.on('sessionError', () => undefined);
  core.on('stream', (stream, headers) => {
    state.pending += 1;
    stream.on('error', () => undefined);
    void answer(state, stream, headers)
      // A stream that ended under our hands has nobody to tell.
      .catch((error: unknown) => refusalOf(state, error))
      .finally(() => {
        state.pending -= 1;
        changed(state);
      });
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    listenTo(state, socket, (ready) => void core.emit('connection', ready));
  });
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return { server, close };
}
