import type { Trace } from '../trace/index.ts';
import type { RequestReport, VerifyReport } from '../verify/index.ts';

/** One entry of the trace list: a request and what it caused, or a trace that no request caused. */
export interface ReportTrace {
  readonly title: string;
  readonly request?: RequestReport;
  readonly trace?: Trace;
}

/** Every trace of a run, those of requests first. */
export function reportTraces({ requests, otherTraces }: VerifyReport): ReportTrace[] {
  return [
    ...requests.map((request) => ({ title: request.request, request, ...(request.trace ? { trace: request.trace } : {}) })),
    ...otherTraces.map((trace) => ({ title: nameOf(trace), trace })),
  ];
}

function nameOf({ roots, orphans }: Trace): string {
  return [...roots, ...orphans][0]?.span.name ?? 'Logs without a span';
}

/** The repository's services in a fixed order, so that each keeps its colour on the whole page. */
export function servicesOf(report: VerifyReport): string[] {
  const seen = reportTraces(report).flatMap(({ trace }) => trace?.services ?? []);
  return [...new Set([...report.services.map(({ name }) => name), ...[...new Set(seen)].sort()])];
}
