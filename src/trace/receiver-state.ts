import type { Signal } from './decode-body.ts';
import type { LogRecord, SpanRecord } from './records.ts';
import { RejectedBody } from './rejected-body.ts';

/** One export request that was read. */
export interface Arrival {
  readonly signal: Signal;
  /** As decoded; ids are bytes when it came as protobuf. */
  readonly message: unknown;
  readonly spans: readonly SpanRecord[];
  readonly logs: readonly LogRecord[];
  /** Size of the unpacked body. */
  readonly bytes: number;
}

export interface ReceiverOptions {
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Also listen for OTLP/gRPC on this port; 0 takes a free one. */
  readonly grpcPort?: number;
  /** Largest body, packed or unpacked. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Bytes of all requests that are being read, packed and unpacked, over HTTP and gRPC; more are asked to come again. Default 64 MiB. */
  readonly maxPendingBytes?: number;
  /** Spans and logs kept, each; more are counted and dropped. Default 200,000. */
  readonly maxRecords?: number;
  /** Unpacked bytes of the requests whose records are kept; more are counted and dropped. Default 256 MiB. */
  readonly maxBytes?: number;
  /** Takes the records instead, as they come; nothing is kept then. */
  readonly listener?: (arrival: Arrival) => void;
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

export type Settings = Required<Omit<ReceiverOptions, 'grpcPort' | 'listener'>> & Pick<ReceiverOptions, 'grpcPort' | 'listener'>;

/** What the HTTP and the gRPC side of one receiver share. */
export interface State extends Received {
  readonly settings: Settings;
  readonly spans: SpanRecord[];
  readonly logs: LogRecord[];
  metrics: number;
  readonly drops: Drops;
  readonly problems: string[];
  /** Requests whose body is not stored yet. */
  pending: number;
  pendingBytes: number;
  keptBytes: number;
  readonly watchers: Set<() => void>;
}

export function createState(options: ReceiverOptions): State {
  const defaults = {
    host: '127.0.0.1',
    port: 0,
    maxBodyBytes: 16 * 1024 * 1024,
    maxPendingBytes: 64 * 1024 * 1024,
    maxRecords: 200_000,
    maxBytes: 256 * 1024 * 1024,
  };
  return {
    settings: { ...defaults, ...options },
    spans: [],
    logs: [],
    metrics: 0,
    drops: { bodies: 0, spans: 0, logs: 0 },
    problems: [],
    pending: 0,
    pendingBytes: 0,
    keptBytes: 0,
    watchers: new Set(),
  };
}

/** Wakes whoever waits for an arrival. */
export function changed(state: State): void {
  for (const watcher of [...state.watchers]) watcher();
}

export function note(state: State, problem: string): void {
  if (state.problems.length < 20 && !state.problems.includes(problem)) state.problems.push(problem);
}

/** Writes a refusal down and says why as a RejectedBody. */
export function refusalOf(state: State, error: unknown): RejectedBody {
  const reason = error instanceof Error ? error.message : String(error);
  const refusal = error instanceof RejectedBody ? error : new RejectedBody(500, reason, { cause: error });
  if (refusal.status === 413 || refusal.status === 503) state.drops.bodies += 1;
  note(state, reason);
  return refusal;
}
