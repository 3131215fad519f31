import type { SpanContext } from '@opentelemetry/api';
import { keep } from './server/keep';

export interface LogEntry {
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: string;
  readonly eventName?: string;
  readonly attributes: Record<string, unknown>;
  /** The span it belongs to; the active one when it is not given. */
  readonly spanContext?: SpanContext;
}

/** What a started SDK offers to the other entry points of this package, and to other copies of it in the same process. */
export interface Runtime {
  requestLogs: boolean;
  /** Loggers write the ids of the trace into their lines. */
  lineIds?: boolean;
  emit(entry: LogEntry): void;
  /** Sends what is buffered; never rejects and never takes longer than the cap. True when everything was sent in time. */
  flush(): Promise<boolean>;
  /** The process ends before long: exports stop to wait for a collector that is not there. */
  hurry(): void;
  /** Reports `tracewright.stop` once, then flushes. */
  stop(reason: string): Promise<boolean>;
  /** For a process that ends now: the same, but nothing of the program runs meanwhile. */
  handOver(reason: string): void;
}

const KEY = Symbol.for('tracewright.runtime');
interface Holder {
  [KEY]?: Runtime;
}

const holder: Holder = Object(globalThis);

/** The running SDK of this process, whichever copy of the package started it. */
export function currentRuntime(): Runtime | undefined {
  return holder[KEY];
}

export function setRuntime(runtime: Runtime): void {
  keep(globalThis, KEY, runtime);
}
