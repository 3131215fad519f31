import { buildTraces, type Trace } from './build-traces.ts';
import type { LogRecord, SpanRecord } from './records.ts';

interface Page {
  readonly spans: SpanRecord[];
  readonly logs: LogRecord[];
  touched: number;
}

export interface TraceBookOptions {
  /** A whole trace is told when nothing came for so long. Default 1,000. */
  readonly quietMs?: number;
  /** One that lacks spans is told after so long. Default 15,000. */
  readonly patienceMs?: number;
  /** Records held; beyond it the oldest trace is told early. Default 100,000. */
  readonly maxRecords?: number;
}

/** Traces that are still growing. Memory is bounded: what is told is forgotten. */
export interface TraceBook {
  add(spans: readonly SpanRecord[], logs: readonly LogRecord[], now: number): void;
  /** Traces that are complete at `now`, those that waited too long, and those there is no room for. */
  take(now: number): Trace[];
  takeAll(): Trace[];
}

function isWhole({ roots, orphans }: Trace): boolean {
  return roots.length > 0 && orphans.length === 0;
}

/** Collects arriving spans until their trace is complete. */
export function createTraceBook({ quietMs = 1_000, patienceMs = 15_000, maxRecords = 100_000 }: TraceBookOptions = {}): TraceBook {
  const pages = new Map<string, Page>();
  let held = 0;
  const pageOf = (traceId: string, now: number): Page => {
    const page = pages.get(traceId) ?? { spans: [], logs: [], touched: now };
    page.touched = now;
    held += 1;
    // The page that was touched last stands last.
    pages.delete(traceId);
    pages.set(traceId, page);
    return page;
  };
  const tear = (traceId: string, { spans, logs }: Page): Trace[] => {
    pages.delete(traceId);
    held -= spans.length + logs.length;
    return spans.length === 0 ? [] : buildTraces(spans, logs);
  };
  const isDue = (page: Page, now: number): boolean => {
    const quiet = now - page.touched;
    if (quiet < quietMs) return false;
    return quiet >= patienceMs || buildTraces(page.spans, page.logs).every(isWhole);
  };
  return {
    add: (spans, logs, now) => {
      for (const span of spans) pageOf(span.traceId, now).spans.push(span);
      for (const log of logs) if (log.traceId !== '') pageOf(log.traceId, now).logs.push(log);
    },
    take: (now) => [...pages].flatMap(([traceId, page]) => (held > maxRecords || isDue(page, now) ? tear(traceId, page) : [])),
    takeAll: () => [...pages].flatMap(([traceId, page]) => tear(traceId, page)),
  };
}
