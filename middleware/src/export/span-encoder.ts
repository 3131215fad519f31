import { ByteWriter } from './byte-writer';
import type { Serializer } from './destination';

interface Scope {
  readonly name: string;
  readonly version?: string;
  readonly schemaUrl?: string;
  readonly attributes?: object;
}

interface SpanResource {
  readonly attributes: Record<string, unknown>;
  readonly schemaUrl?: string;
}

interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly traceState?: unknown;
  readonly isRemote?: boolean;
}

/** A finished span of SDK 2 and 3. */
interface EndedSpan {
  readonly name: string;
  readonly kind: number;
  readonly resource: SpanResource;
  readonly instrumentationScope: Scope;
  readonly startTime: readonly [number, number];
  readonly endTime: readonly [number, number];
  readonly attributes: Record<string, unknown>;
  readonly events: readonly unknown[];
  readonly links: readonly unknown[];
  readonly status: { readonly code: number; readonly message?: string };
  readonly parentSpanContext?: SpanContext;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  spanContext(): SpanContext;
}

/**
 * OTLP/protobuf of the spans that most spans are: no events, no links, plain attributes. Everything else goes to the official serializer;
 * two encoded requests written one after the other are one request.
 */
export function withFastSpans(official: Serializer): Serializer {
  let size = 4096;
  return {
    deserializeResponse: (answer) => official.deserializeResponse(answer),
    serializeRequest: (items) => {
      const odd: unknown[] = [];
      const writer = new ByteWriter(size);
      const first = items.find(isEndedSpan);
      if (first !== undefined) writeSpans(writer, first.resource, items, odd);
      else odd.push(...items);
      const plain = writer.finish();
      size = Math.max(4096, Math.ceil(plain.length * 1.1));
      if (odd.length === 0) return plain;
      const rest = official.serializeRequest(odd);
      return rest === undefined || plain.length === 0 ? rest : Buffer.concat([plain, rest]);
    },
  };
}

function writeSpans(writer: ByteWriter, resource: SpanResource, items: readonly unknown[], odd: unknown[]): void {
  const scopes = new Map<Scope, EndedSpan[]>();
  // Read once: it is computed anew each time.
  const { attributes } = resource;
  const plain = !resource.schemaUrl && hasPlainValues(attributes);
  for (const item of items) {
    if (!plain || !isEndedSpan(item) || item.resource !== resource || !isPlain(item)) odd.push(item);
    else {
      const group = scopes.get(item.instrumentationScope);
      if (group === undefined) scopes.set(item.instrumentationScope, [item]);
      else group.push(item);
    }
  }
  if (scopes.size === 0) return;
  const resourceSpans = writer.open(0x0a);
  const resourceField = writer.open(0x0a);
  for (const key of Object.keys(attributes)) writer.attribute(0x0a, key, attributes[key]);
  writer.close(resourceField);
  scopes.forEach((spans, scope) => {
    const scopeSpans = writer.open(0x12);
    const scopeField = writer.open(0x0a);
    writer.text(0x0a, scope.name);
    if (scope.version) writer.text(0x12, scope.version);
    writer.close(scopeField);
    for (const span of spans) writeSpan(writer, span);
    writer.close(scopeSpans);
  });
  writer.close(resourceSpans);
}

/** Field numbers of opentelemetry.proto.trace.v1.Span, in its order. */
function writeSpan(writer: ByteWriter, span: EndedSpan): void {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const parent = span.parentSpanContext;
  const start = writer.open(0x12);
  writer.hex(0x0a, traceId);
  writer.hex(0x12, spanId);
  if (parent && parent.spanId) writer.hex(0x22, parent.spanId);
  writer.text(0x2a, span.name);
  writer.integer(0x30, span.kind + 1);
  writer.time(0x39, span.startTime);
  writer.time(0x41, span.endTime);
  for (const key of Object.keys(span.attributes)) writer.attribute(0x4a, key, span.attributes[key]);
  if (span.droppedAttributesCount > 0) writer.integer(0x50, span.droppedAttributesCount);
  if (span.status.code !== 0) {
    const status = writer.open(0x7a);
    if (span.status.message) writer.text(0x12, span.status.message);
    writer.integer(0x18, span.status.code);
    writer.close(status);
  }
  writer.flags((traceFlags & 0xff) | 0x100 | (parent && parent.isRemote ? 0x200 : 0));
  writer.close(start);
}

function isEndedSpan(item: unknown): item is EndedSpan {
  return typeof item === 'object' && item !== null && 'instrumentationScope' in item && 'droppedLinksCount' in item;
}

function isPlain(span: EndedSpan): boolean {
  const { instrumentationScope: scope } = span;
  return (
    span.events.length === 0 &&
    span.links.length === 0 &&
    span.droppedEventsCount === 0 &&
    span.droppedLinksCount === 0 &&
    !scope.schemaUrl &&
    !scope.attributes &&
    span.spanContext().traceState === undefined &&
    hasPlainValues(span.attributes)
  );
}

function hasPlainValues(attributes: Record<string, unknown>): boolean {
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    const kind = typeof value;
    if (kind !== 'string' && kind !== 'boolean' && !(kind === 'number' && Number.isSafeInteger(value) && Number(value) >= 0)) return false;
  }
  return true;
}
