import type { Server } from 'node:net';
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
  /** Resolves when no request is being read. */
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
        await until(state, () => state.pending === 0, 5_000);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
