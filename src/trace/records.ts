/** An attribute value as plain JSON, whatever the encoding it arrived in. */
export type AttributeValue = string | number | boolean | null | readonly AttributeValue[] | { readonly [key: string]: AttributeValue };

export type Attributes = Readonly<Record<string, AttributeValue>>;

export type SpanKind = 'UNSPECIFIED' | 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER';

export type StatusCode = 'UNSET' | 'OK' | 'ERROR';

export interface SpanEvent {
  readonly name: string;
  readonly attributes: Attributes;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** One finished span, the same whether it came as JSON or protobuf, from SDK line 1, 2 or 3. Ids are lower-case hex. */
export interface SpanRecord {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly service: string;
  readonly scope: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly status: StatusCode;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly resource: Attributes;
  /** Milliseconds since the epoch; for people, never for order. */
  readonly startMs: number;
  readonly durationMs: number;
}

/** One log record. `traceId` and `spanId` are empty outside a span. */
export interface LogRecord {
  readonly traceId: string;
  readonly spanId: string;
  readonly service: string;
  readonly scope: string;
  readonly event: string;
  readonly severity: string;
  readonly body: AttributeValue;
  readonly attributes: Attributes;
  readonly resource: Attributes;
}
