import { createServer, type Server, type Socket } from 'node:net';
import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Signal } from './decode-body.ts';
import { changed, note, refusalOf, type State } from './receiver-state.ts';
import { takeRequest } from './take-request.ts';

const services: Readonly<Record<Signal, string>> = {
  traces: 'opentelemetry.proto.collector.trace.v1.TraceService',
  logs: 'opentelemetry.proto.collector.logs.v1.LogsService',
  metrics: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
};

/** What an HTTP/2 client says first. */
const preface = Buffer.from('PRI * HTTP/2.0');

export interface GrpcSide {
  readonly server: Server;
  close(): void;
}

function asBytes(value: unknown): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
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

/** The OTLP/gRPC side of a receiver, not listening yet; the library is loaded only when somebody asks for it. */
export async function createGrpcSide(state: State): Promise<GrpcSide> {
  const grpc = await import('@grpc/grpc-js');
  const codes: Readonly<Record<number, number>> = { 413: grpc.status.RESOURCE_EXHAUSTED, 503: grpc.status.UNAVAILABLE };
  const core = new grpc.Server({ 'grpc.max_receive_message_length': state.settings.maxBodyBytes });
  for (const signal of ['traces', 'logs', 'metrics'] as const) {
    const take = (call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>): void => {
      state.pending += 1;
      takeRequest(state, signal, call.request, 'protobuf')
        .then(
          () => reply(null, Buffer.alloc(0)),
          (error: unknown) => {
            const { status, message } = refusalOf(state, error);
            reply({ code: codes[status] ?? grpc.status.INVALID_ARGUMENT, details: message });
          },
        )
        .finally(() => {
          state.pending -= 1;
          changed(state);
        });
    };
    const definition = {
      path: `/${services[signal]}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: asBytes,
      requestDeserialize: asBytes,
      responseSerialize: asBytes,
      responseDeserialize: asBytes,
    };
    const implementation: UntypedServiceImplementation = { Export: take };
    core.addService({ Export: definition }, implementation);
  }
  const injector = core.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    listenTo(state, socket, (ready) => injector.injectConnection(ready));
  });
  const close = (): void => {
    injector.destroy();
    core.forceShutdown();
    for (const socket of sockets) socket.destroy();
  };
  return { server, close };
}
