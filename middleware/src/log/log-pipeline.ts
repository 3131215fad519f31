import { isSpanContextValid, type SpanContext, trace } from '@opentelemetry/api';
import { activeContext } from '../context-manager';
import type { LogProcessor, LogRecord, Resource } from '../otel';
import { now } from '../platform';
import type { LogEntry } from '../runtime';
import { SCOPE } from '../version';

/**
 * Emits straight into the batch processor. A logger of the SDK would copy and validate every attribute again;
 * ours come from code in this package and are valid by construction.
 */
export function createEmit(processor: LogProcessor, resource: Resource, named: boolean): (entry: LogEntry) => void {
  return function emit(entry: LogEntry): void {
    const millis = now();
    const time: [number, number] = [Math.trunc(millis / 1000), (millis % 1000) * 1e6];
    // Ours are valid; the active one is anybody's.
    const spanContext = entry.spanContext || activeSpanContext();
    const record: LogRecord = {
      hrTime: time,
      hrTimeObserved: time,
      spanContext,
      severityNumber: entry.severityNumber,
      severityText: entry.severityText,
      body: entry.body,
      eventName: entry.eventName,
      // SDK 1.x has no field for the event name; this attribute is its older place.
      attributes: named || entry.eventName === undefined ? entry.attributes : { ...entry.attributes, 'event.name': entry.eventName },
      resource,
      instrumentationScope: SCOPE,
      droppedAttributesCount: 0,
    };
    processor.onEmit(record, activeContext());
  };
}

function activeSpanContext(): SpanContext | undefined {
  const span = trace.getSpan(activeContext());
  const spanContext = span && span.spanContext();
  return spanContext && isSpanContextValid(spanContext) ? spanContext : undefined;
}
