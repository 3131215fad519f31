import { buildTraces, type Trace, walkSpans } from './build-traces.ts';
import type { LogRecord, SpanRecord } from './records.ts';

interface Page {
  readonly spans: SpanRecord[];
  readonly logs: LogRecord[];
  bytes: number;
  touched: number;
  /** Milliseconds of quiet after which it is told; worked out once after each arrival. */
  due: number | undefined;
}

export interface TraceBookOptions {
  /** A whole trace is told when nothing came for so long. Default 1,000. */
  readonly quietMs?: number;
  /** So long when a call in it may still be answered by another service, whose batch is on its own clock. Default 6,000; SDKs send every 5 s. */
  readonly callMs?: number;
  /** One that lacks spans is told after so long. Default 15,000. */
  readonly patienceMs?: number;
  /** Records held; beyond it the oldest trace is told early. Default 100,000. */
  readonly maxRecords?: number;
  /** Bytes they came in, likewise. Default 64 MiB. */
  readonly maxBytes?: number;
}

/** What arrived together. */
export interface Batch {
  readonly spans: readonly SpanRecord[];
  readonly logs: readonly LogRecord[];
  readonly bytes: number;
}

/** Traces that are still growing. Memory is bounded: what is told is forgotten. */
export interface TraceBook {
  add(batch: Batch, now: number): void;
  /** Traces that are complete at `now`, those that waited too long, and those there is no room for. */
  take(now: number): Trace[];
  takeAll(): Trace[];
}

function isWhole({ roots, orphans }: Trace): boolean {
  return roots.length > 0 && orphans.length === 0;
}

/** Whether a call or a message has nobody who took it, so far. */
function hasOpenCall({ roots }: Trace): boolean {
  return [...walkSpans(roots)].some(({ span, children }) => children.length === 0 && (span.kind === 'CLIENT' || span.kind === 'PRODUCER'));
}

/** Span ids of what was told, so that a late child is no orphan; the oldest are forgotten. */
function createMemory(limit: number): { add(trace: Trace): void; of(traceId: string): ReadonlySet<string> } {
  const told = new Map<string, Set<string>>();
  let size = 0;
  return {
    add: (trace) => {
      const ids = told.get(trace.traceId) ?? new Set();
      size -= ids.size;
      for (const { span } of walkSpans([...trace.roots, ...trace.orphans])) ids.add(span.spanId);
      size += ids.size;
      told.delete(trace.traceId);
      told.set(trace.traceId, ids);
      for (const [traceId, oldest] of told) {
        if (size <= limit) break;
        told.delete(traceId);
        size -= oldest.size;
      }
    },
    of: (traceId) => told.get(traceId) ?? new Set(),
  };
}

/** Collects arriving spans until their trace is complete. */
export function createTraceBook(options: TraceBookOptions = {}): TraceBook {
  const { quietMs = 1_000, callMs = 6_000, patienceMs = 15_000, maxRecords = 100_000, maxBytes = 64 * 1024 * 1024 } = options;
  const pages = new Map<string, Page>();
  const memory = createMemory(maxRecords);
  const held = { records: 0, bytes: 0 };
  const pageOf = (traceId: string, bytes: number, now: number): Page => {
    const page = pages.get(traceId) ?? { spans: [], logs: [], bytes: 0, touched: now, due: undefined };
    page.touched = now;
    page.due = undefined;
    page.bytes += bytes;
    held.records += 1;
    held.bytes += bytes;
    // The page that was touched last stands last.
    pages.delete(traceId);
    pages.set(traceId, page);
    return page;
  };
  const tear = (traceId: string, { spans, logs, bytes }: Page): Trace[] => {
    pages.delete(traceId);
    held.records -= spans.length + logs.length;
    held.bytes -= bytes;
    const traces = spans.length === 0 ? [] : buildTraces(spans, logs, memory.of(traceId));
    for (const trace of traces) memory.add(trace);
    return traces;
  };
  const dueOf = (traceId: string, { spans, logs }: Page): number => {
    const traces = buildTraces(spans, logs, memory.of(traceId));
    if (!traces.every(isWhole)) return patienceMs;
    return traces.some(hasOpenCall) ? callMs : quietMs;
  };
  const isDue = (traceId: string, page: Page, now: number): boolean => {
    const quiet = now - page.touched;
    if (quiet < quietMs) return false;
    page.due ??= dueOf(traceId, page);
    return quiet >= page.due;
  };
  const isFull = (): boolean => held.records > maxRecords || held.bytes > maxBytes;
  return {
    add: ({ spans, logs, bytes }, now) => {
      const share = bytes / Math.max(1, spans.length + logs.length);
      for (const span of spans) pageOf(span.traceId, share, now).spans.push(span);
      for (const log of logs) if (log.traceId !== '') pageOf(log.traceId, share, now).logs.push(log);
    },
    take: (now) => [...pages].flatMap(([traceId, page]) => (isFull() || isDue(traceId, page, now) ? tear(traceId, page) : [])),
    takeAll: () => [...pages].flatMap(([traceId, page]) => tear(traceId, page)),
  };
}
