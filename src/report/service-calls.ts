import { type SpanNode, type Trace, walkSpans } from '../trace/index.ts';
import type { ReportTrace } from './report-traces.ts';

/** Who sent the requests, in the map of services. */
export const CALLER = 'tracewright';
/** Whoever called without passing a trace along. */
export const UNKNOWN = 'unknown caller';

/** One service calling another. */
export interface ServiceCall {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Kinds of the spans on the receiving side, and `link`. */
  readonly kinds: readonly string[];
  /** How many of them in traces that no request caused. */
  readonly outside: number;
  /** Positions of the traces it was seen in. */
  readonly traces: readonly number[];
}

interface Draft {
  count: number;
  outside: number;
  readonly kinds: Set<string>;
  readonly traces: Set<number>;
}

/** Which service called which, and in which traces; in the order of first sight. */
export function serviceCalls(traces: readonly ReportTrace[]): ServiceCall[] {
  const found = new Map<string, Draft & { from: string; to: string }>();
  const add = (from: string, to: string, kind: string, index: number): void => {
    const key = JSON.stringify([from, to]);
    const call = found.get(key) ?? { from, to, count: 0, outside: 0, kinds: new Set<string>(), traces: new Set<number>() };
    call.count += 1;
    if (kind !== 'link' && traces[index]?.request === undefined) call.outside += 1;
    call.kinds.add(kind);
    call.traces.add(index);
    found.set(key, call);
  };
  const services = servicesById(traces);
  traces.forEach(({ trace, request }, index) => {
    if (trace) readTrace(trace, request !== undefined, services, (from, to, kind) => add(from, to, kind, index));
  });
  return [...found.values()].map((call) => ({ ...call, kinds: [...call.kinds].sort(), traces: [...call.traces] }));
}

function servicesById(traces: readonly ReportTrace[]): ReadonlyMap<string, string> {
  const services = new Map<string, string>();
  for (const { trace } of traces) {
    if (!trace) continue;
    for (const { span } of walkSpans([...trace.roots, ...trace.orphans])) services.set(span.traceId + span.spanId, span.service);
  }
  return services;
}

type Add = (from: string, to: string, kind: string) => void;

function readTrace(trace: Trace, asked: boolean, services: ReadonlyMap<string, string>, add: Add): void {
  for (const { span } of trace.roots) {
    if (asked) add(CALLER, span.service, span.kind);
    else if (span.kind === 'SERVER' || span.kind === 'CONSUMER') add(UNKNOWN, span.service, span.kind);
  }
  for (const node of walkSpans([...trace.roots, ...trace.orphans])) readSpan(node, services, add);
}

function readSpan({ span, children }: SpanNode, services: ReadonlyMap<string, string>, add: Add): void {
  const { service } = span;
  for (const child of children) if (child.span.service !== service) add(service, child.span.service, child.span.kind);
  for (const { traceId, spanId } of span.links) {
    const from = services.get(traceId + spanId) ?? service;
    if (from !== service) add(from, service, 'link');
  }
}
