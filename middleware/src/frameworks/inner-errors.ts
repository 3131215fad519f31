import { type Span, SpanKind } from '@opentelemetry/api';
import { activeRpc, type ExceptionEvent } from '../server/request';

interface EndedSpan extends Span {
  readonly kind?: SpanKind;
  readonly events?: readonly { readonly name: string; readonly attributes?: ExceptionEvent }[];
}

/**
 * An exception that the instrumentation of a framework recorded on the span of a layer or a handler. Frameworks and programs catch it
 * above and answer for it; it is told on the SERVER span when that answer is a failure and nobody else named an error.
 */
export function noteInner(span: EndedSpan): void {
  if (span.kind !== SpanKind.INTERNAL || span.events === undefined || span.events.length === 0) return;
  try {
    const rpc = activeRpc();
    const state = rpc && rpc.state;
    if (state === undefined || state.span.spanContext().traceId !== span.spanContext().traceId) return;
    for (const { name, attributes } of span.events) if (name === 'exception' && attributes !== undefined) state.inner = attributes;
  } catch {
    // The span is exported all the same.
  }
}
