import type { Attributes } from '@opentelemetry/api';

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

/** Traces go where the standard OTEL_* variables say; without a destination nothing of OpenTelemetry is loaded. */
export async function startTelemetry(env: NodeJS.ProcessEnv = process.env): Promise<Telemetry> {
  const isWanted = (env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) && env['OTEL_SDK_DISABLED'] !== 'true';
  return isWanted ? (await import('./telemetry-sdk.ts')).openTelemetry(env) : silence;
}

const silence: Telemetry = {
  traced: (_name, parent, work) => work(silentScope(parent)),
  below: (_name, parent, work) => work(silentScope(parent)),
  stop: async () => undefined,
};

/** Makes no span, and hands on the trace that it was given. */
function silentScope(carrier: Carrier): SpanScope {
  return { carrier, set: () => undefined, fail: () => undefined, traced: async (_name, work) => work() };
}
