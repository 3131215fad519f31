import { type Attributes, type Context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** W3C trace context as it travels: `traceparent`, `tracestate`, `baggage`. */
export type Carrier = Readonly<Record<string, string>>;

/** A span that is open. */
export interface SpanScope {
  /** For work in another process. */
  readonly carrier: Carrier;
  set(attributes: Attributes): void;
  /** Nothing was thrown, and yet it failed. */
  fail(code: string): void;
  /** Does a part of the work in a span below this one. */
  traced<T>(name: string, work: () => T | Promise<T>): Promise<T>;
}

/** The server's own traces. */
export interface Telemetry {
  /** Serves a call of somebody else. */
  traced<T>(name: string, parent: Carrier, work: (scope: SpanScope) => Promise<T>): Promise<T>;
  /** Does a part of a call that another of our processes serves. */
  below<T>(name: string, parent: Carrier, work: (scope: SpanScope) => Promise<T>): Promise<T>;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** Traces go where the standard OTEL_* variables say; without a destination no SDK is loaded, and every span is a no-op. */
export async function startTelemetry(env: NodeJS.ProcessEnv = process.env): Promise<Telemetry> {
  const isWanted = (env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) && env['OTEL_SDK_DISABLED'] !== 'true';
  const stop = isWanted ? await (await import('./telemetry-sdk.ts')).startSdk(env) : undefined;
  return {
    traced: (name, parent, work) => inSpan(name, SpanKind.SERVER, propagation.extract(ROOT_CONTEXT, parent), work),
    below: (name, parent, work) => inSpan(name, SpanKind.INTERNAL, propagation.extract(ROOT_CONTEXT, parent), work),
    stop: async () => stop?.(),
  };
}

async function inSpan<T>(name: string, kind: SpanKind, parent: Context, work: (scope: SpanScope) => T | Promise<T>): Promise<T> {
  const span = trace.getTracer('tracewright').startSpan(name, { kind }, parent);
  const context = trace.setSpan(parent, span);
  const carrier: Record<string, string> = {};
  propagation.inject(context, carrier);
  const fail = (code: string): void => {
    span.setAttribute('error.type', code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  };
  try {
    return await work({
      carrier,
      fail,
      set: (attributes) => void span.setAttributes(attributes),
      traced: (part, below) => inSpan(part, SpanKind.INTERNAL, context, below),
    });
  } catch (error) {
    fail(error instanceof Error && 'code' in error ? String(error.code) : 'error');
    throw error;
  } finally {
    span.end();
  }
}
