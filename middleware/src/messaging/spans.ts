import { type Attributes, type Context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { activeContext, runner } from '../context-manager';
import { describeError } from '../log/describe-error';
import { SCOPE } from '../version';

/** What a queue or a broker does with a message, in the words of the messaging conventions. */
export interface Operation {
  readonly system: string;
  /** The queue, topic or subject. */
  readonly destination: string;
  /** As the library calls it: `add`, `publish`, `process`. */
  readonly name: string;
  readonly id?: unknown;
  /** How many messages, where it may be more than one. */
  readonly count?: number;
  readonly attributes?: Attributes;
}

type Method = (...args: never[]) => unknown;

/** A PRODUCER span around a call that hands messages over; `settled` sees what came of it. */
export function send(
  operation: Operation,
  call: Method,
  self: unknown,
  args: ArrayLike<unknown>,
  settled?: (span: Span, result: unknown) => void,
): unknown {
  const span = startSafely(operation, SpanKind.PRODUCER, 'send', activeContext());
  if (span === undefined) return Reflect.apply(call, self, args);
  return run(span, trace.setSpan(activeContext(), span), call, self, args, settled);
}

const working = new WeakMap<object, Span>();

/**
 * A CONSUMER span around the work on one message, in the trace that its carrier names or in one of its own. `job` is what the library hands
 * around: most catch what the work fails with, and `failJob` says it.
 */
export function consume(
  operation: Operation,
  carrier: unknown,
  call: Method,
  self: unknown,
  args: ArrayLike<unknown>,
  job?: object,
): unknown {
  const parent = contextFrom(carrier);
  const span = startSafely(operation, SpanKind.CONSUMER, 'process', parent);
  if (span === undefined) return Reflect.apply(call, self, args);
  if (job !== undefined) working.set(job, span);
  return run(span, trace.setSpan(parent, span), call, self, args);
}

export function failJob(job: unknown, error: unknown): void {
  const span = typeof job === 'object' && job !== null ? working.get(job) : undefined;
  if (span !== undefined) fail(span, error);
}

/** The work on a message as long as somebody else decides, for loops that pull. */
export function open(operation: Operation, carrier: unknown): { readonly span: Span; readonly context: Context } {
  const parent = contextFrom(carrier);
  const span = start(operation, SpanKind.CONSUMER, 'process', parent);
  return { span, context: trace.setSpan(parent, span) };
}

/** Runs a call in no trace: what it starts by itself belongs to nobody's request. */
export function outside(call: Method, self: unknown, args: ArrayLike<unknown>): unknown {
  return runner.run(ROOT_CONTEXT, Reflect.apply, call, self, args);
}

/** The trace context that runs, or another one, to be sent along; undefined when there is none. */
export function carrierNow(context: Context = activeContext()): Record<string, string> | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context, carrier);
  return carrier['traceparent'] === undefined ? undefined : carrier;
}

export function contextFrom(carrier: unknown): Context {
  try {
    if (typeof carrier === 'object' && carrier !== null) return propagation.extract(ROOT_CONTEXT, carrier);
  } catch {
    // What cannot be read is no trace.
  }
  return ROOT_CONTEXT;
}

/** A message whose span cannot be made goes its way without one. */
function startSafely(...args: Parameters<typeof start>): Span | undefined {
  try {
    return start(...args);
  } catch {
    return undefined;
  }
}

function start({ system, destination, name, id, count, attributes }: Operation, kind: SpanKind, type: string, parent: Context): Span {
  const described: Attributes = {
    'messaging.system': system,
    'messaging.destination.name': destination,
    'messaging.operation.name': name,
    'messaging.operation.type': type,
    ...attributes,
  };
  if (id !== undefined && id !== null) described['messaging.message.id'] = String(id);
  if (count !== undefined) described['messaging.batch.message_count'] = count;
  return trace.getTracer(SCOPE.name, SCOPE.version).startSpan(`${name} ${destination}`, { kind, attributes: described }, parent);
}

function run(
  span: Span,
  own: Context,
  call: Method,
  self: unknown,
  args: ArrayLike<unknown>,
  settled?: (span: Span, result: unknown) => void,
): unknown {
  let result: unknown;
  try {
    result = runner.run(own, Reflect.apply, call, self, args);
  } catch (error) {
    fail(span, error);
    span.end();
    throw error;
  }
  if (!isPromise(result)) {
    finish(span, result, settled);
    return result;
  }
  return result.then(
    (value) => {
      finish(span, value, settled);
      return value;
    },
    (error) => {
      fail(span, error);
      span.end();
      throw error;
    },
  );
}

function finish(span: Span, result: unknown, settled?: (span: Span, result: unknown) => void): void {
  try {
    if (settled !== undefined) settled(span, result);
  } catch {
    // The span says less.
  }
  span.end();
}

/** The message was not sent, or the work on it failed. */
export function fail(span: Span, error: unknown): void {
  if (!span.isRecording()) return;
  try {
    const known = error instanceof Error;
    span.setAttribute('error.type', (known && error.name) || '_OTHER');
    span.setStatus({ code: SpanStatusCode.ERROR, message: known ? error.message : String(error) });
    span.addEvent('exception', describeError(known ? error : new Error(String(error))));
  } catch {
    // An error whose properties throw.
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Any work with a span of its own. */
export interface Work {
  readonly name: string;
  readonly kind: SpanKind;
  readonly parent: Context;
  readonly attributes?: Attributes;
}

export function within({ name, kind, parent, attributes }: Work, call: Method, self: unknown, args: ArrayLike<unknown>): unknown {
  const span = trace.getTracer(SCOPE.name, SCOPE.version).startSpan(name, { kind, ...(attributes && { attributes }) }, parent);
  return run(span, trace.setSpan(parent, span), call, self, args);
}
