import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGrpcSide, type GrpcSide } from './grpc-side.ts';
import { createHttpSide } from './http-side.ts';
import { createState, type Received, type ReceiverOptions, type State } from './receiver-state.ts';

export interface Receiver extends Received {
  /** Base url for OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  /** The same for OTEL_EXPORTER_OTLP_PROTOCOL=grpc; only with `grpcPort`. */
  readonly grpcUrl?: string;
  /** Resolves true as soon as the predicate holds (checked at once and after every arrival), false after the time-out or abort. */
  until(predicate: (received: Received) => boolean, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
  /** Resolves when everything that was sent before was read, also by programs that ended right after they sent it. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

function until(state: State, holds: () => boolean, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      state.watchers.delete(check);
      end();
    };
    const stop = (): void => finish(() => resolve(false));
    const check = (): void => {
      try {
        if (holds()) finish(() => resolve(true));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const timer = setTimeout(stop, timeoutMs);
    state.watchers.add(check);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    else check();
  });
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return `http://${host}:${typeof address === 'object' && address !== null ? address.port : port}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/**
 * Resolves when every connection that was opened before is being read: they are accepted in their order, so one of our own comes last,
 * and a turn of the event loop reads what lies ready on each.
 */
async function catchUp(server: Server): Promise<void> {
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || address === null) return;
  await new Promise<void>((resolve) => {
    const own = connect(address.port, address.address);
    const accepted = new Set<number | undefined>();
    const end = (): void => {
      server.off('connection', accept);
      own.end();
      resolve();
    };
    const check = (): void => {
      if (own.localPort !== undefined && accepted.has(own.localPort)) end();
    };
    const accept = (socket: Socket): void => {
      accepted.add(socket.remotePort);
      check();
    };
    server.on('connection', accept);
    own.on('connect', check);
    own.on('error', end);
  });
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
}

/** Starts an OTLP receiver in this process: HTTP with JSON and protobuf, plain or gzip, and gRPC on a port of its own, for any number of services. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const state = createState(options);
  const { host, port, grpcPort } = state.settings;
  const http = createHttpSide(state);
  const url = await listen(http, host, port);
  let grpc: GrpcSide | undefined;
  const close = async (): Promise<void> => {
    const ends = [http, ...(grpc ? [grpc.server] : [])].filter(({ listening }) => listening).map(closeServer);
    http.closeAllConnections();
    grpc?.close();
    await Promise.all(ends);
  };
  try {
    grpc = grpcPort === undefined ? undefined : createGrpcSide(state);
    const grpcUrl = grpc && (await listen(grpc.server, host, grpcPort ?? 0));
    return {
      url,
      ...(grpcUrl === undefined ? {} : { grpcUrl }),
      spans: state.spans,
      logs: state.logs,
      drops: state.drops,
      problems: state.problems,
      get metrics() {
        return state.metrics;
      },
      until: (predicate, timeoutMs, signal) => until(state, () => predicate(state), timeoutMs, signal),
      settled: async () => {
        await Promise.all([http, ...(grpc ? [grpc.server] : [])].map(catchUp));
        await until(state, () => state.pending === 0, 5_000);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
