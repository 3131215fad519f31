import { trace } from '@opentelemetry/api';

/** One JSON line per event, with the ids of the trace it happened in; an error is on the span, too. */
export function log(level: 'info' | 'error', message: string, fields: Readonly<Record<string, unknown>> = {}, error?: Error): void {
  const span = trace.getActiveSpan();
  if (error !== undefined) span?.recordException(error);
  const ids = span === undefined ? {} : { trace_id: span.spanContext().traceId, span_id: span.spanContext().spanId };
  process.stdout.write(`${JSON.stringify({ level, message, ...fields, ...(error && { stack: error.stack }), ...ids })}\n`);
}
