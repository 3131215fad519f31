import { isSpanContextValid, trace } from '@opentelemetry/api';
import { activeContext } from '../context-manager';
import { currentRuntime } from '../runtime';

/** The fields that name the trace of a line, when lines get them; as the official instrumentations write them. */
export function idsOfLine(): Record<string, string> | undefined {
  const runtime = currentRuntime();
  if (runtime === undefined || runtime.lineIds !== true) return undefined;
  const span = trace.getSpanContext(activeContext());
  if (span === undefined || !isSpanContextValid(span)) return undefined;
  return { trace_id: span.traceId, span_id: span.spanId, trace_flags: `0${span.traceFlags.toString(16)}` };
}
