import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { anySetter } from './carrier-fields';

/** A trace context as the OpenTelemetry API passes it around. */
export interface TraceContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): TraceContext;
  deleteValue(key: symbol): TraceContext;
}

/** Writes the active trace context into a carrier, e.g. the headers of a message, in place of one that is there, and returns it. */
export function inject(): Record<string, string>;
export function inject<T extends object>(carrier: T): T;
export function inject(carrier: object = {}): object {
  propagation.inject(context.active(), carrier, anySetter);
  return carrier;
}

/** The trace context in a carrier; an empty one when there is none. Tolerates a missing carrier. */
export function extract(carrier: unknown): TraceContext {
  return propagation.extract(ROOT_CONTEXT, isCarrier(carrier) ? carrier : {});
}

/** Runs a function in the trace of a carrier and returns its result. */
export function withCarrier<R>(carrier: unknown, fn: () => R): R {
  return context.with(propagation.extract(ROOT_CONTEXT, isCarrier(carrier) ? carrier : {}), fn);
}

/** The function, always called in the context that is active now; for queues, pools and listeners that outlive a request. */
export function bindContext<T>(fn: T): T {
  return typeof fn === 'function' ? context.bind(context.active(), fn) : fn;
}

function isCarrier(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
