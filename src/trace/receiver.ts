import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { decodeJson, decodeProtobuf, type Signal } from './decode-body.ts';
import { RejectedBody, readBody } from './read-body.ts';
import { countMetrics, readLogs, readSpans } from './read-otlp.ts';
import type { LogRecord, SpanRecord } from './records.ts';

export interface ReceiverOptions {
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Largest body, packed or unpacked. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Spans and logs kept, each; more are counted and dropped. Default 200,000. */
  readonly maxRecords?: number;
}

/** What could not be kept. Never silent: a trace that lost spans proves nothing. */
export interface Drops {
  bodies: number;
  spans: number;
  logs: number;
}

export interface Received {
  readonly spans: readonly SpanRecord[];
  readonly logs: readonly LogRecord[];
  readonly metrics: number;
  readonly drops: Readonly<Drops>;
  /** Reasons of refused bodies, at most 20. */
  readonly problems: readonly string[];
}

export interface Receiver extends Received {
  /** Base url for OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  /** Resolves true as soon as the predicate holds (checked at once and after every arrival), false after the time-out or abort. */
  until(predicate: (received: Received) => boolean, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
  /** Resolves when no request is being read. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface State extends Received {
  readonly spans: SpanRecord[];
  readonly logs: LogRecord[];
  metrics: number;
  readonly drops: Drops;
  readonly problems: string[];
  /** Requests whose body is not stored yet. */
  pending: number;
  readonly watchers: Set<() => void>;
}

const signals: Readonly<Record<string, Signal>> = { '/v1/traces': 'traces', '/v1/logs': 'logs', '/v1/metrics': 'metrics' };

function keep<T>(into: T[], records: readonly T[], room: number): number {
  const kept = records.slice(0, Math.max(0, room - into.length));
  for (const record of kept) into.push(record);
  return records.length - kept.length;
}

async function store(state: State, signal: Signal, request: IncomingMessage, options: Required<ReceiverOptions>): Promise<boolean> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const protobuf = type === 'application/x-protobuf';
  if (!protobuf && type !== 'application/json')
    throw new RejectedBody(415, `Content-Type ${type || 'missing'} is neither application/json nor application/x-protobuf`);
  const body = await readBody(request, options.maxBodyBytes);
  try {
    const message = protobuf ? await decodeProtobuf(signal, body) : decodeJson(body);
    if (signal === 'traces') state.drops.spans += keep(state.spans, readSpans(message), options.maxRecords);
    else if (signal === 'logs') state.drops.logs += keep(state.logs, readLogs(message), options.maxRecords);
    else state.metrics += countMetrics(message);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RejectedBody(400, `Not an OTLP ${signal} request: ${reason}`, { cause });
  }
  return protobuf;
}

function note(state: State, problem: string): void {
  if (state.problems.length < 20) state.problems.push(problem);
}

function changed(state: State): void {
  for (const watcher of [...state.watchers]) watcher();
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ message: reason }));
}

async function answer(state: State, options: Required<ReceiverOptions>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const signal = signals[(request.url ?? '').split('?')[0] ?? ''];
  try {
    if (signal === undefined) throw new RejectedBody(404, `${request.url} is not /v1/traces, /v1/logs or /v1/metrics`);
    if (request.method !== 'POST') throw new RejectedBody(405, `${request.method} is not POST`);
    const protobuf = await store(state, signal, request, options);
    response.writeHead(200, { 'content-type': protobuf ? 'application/x-protobuf' : 'application/json' });
    response.end(protobuf ? '' : '{}');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof RejectedBody && error.status === 413) state.drops.bodies += 1;
    note(state, reason);
    refuse(response, error instanceof RejectedBody ? error.status : 400, reason);
    request.resume();
  }
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

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Starts an OTLP/HTTP receiver in this process: JSON and protobuf, plain or gzip, for any number of services. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const settings = { host: '127.0.0.1', port: 0, maxBodyBytes: 16 * 1024 * 1024, maxRecords: 200_000, ...options };
  const state: State = {
    spans: [],
    logs: [],
    metrics: 0,
    drops: { bodies: 0, spans: 0, logs: 0 },
    problems: [],
    pending: 0,
    watchers: new Set(),
  };
  const server = createServer((request, response) => {
    state.pending += 1;
    response.on('error', () => undefined);
    void answer(state, settings, request, response).finally(() => {
      state.pending -= 1;
      changed(state);
    });
  });
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket) => {
    const grpc = error.rawPacket?.subarray(0, 5).toString('latin1') === 'PRI *';
    note(state, grpc ? 'This is gRPC on an HTTP port: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf' : `Not HTTP: ${error.message}`);
    changed(state);
    socket.destroy();
  });
  const port = await listen(server, settings.host, settings.port);
  return {
    url: `http://${settings.host}:${port}`,
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
