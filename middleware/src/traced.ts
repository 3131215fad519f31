import { type Context, context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { spanOptions } from './traced-options';
import { SCOPE } from './version';

export type TracedKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export type AttributeValue = string | number | boolean | ReadonlyArray<string> | ReadonlyArray<number> | ReadonlyArray<boolean>;

/** What `traced` writes on each span. Links and attributes may be computed from the arguments of the call. */
export interface TracedOptions<A extends unknown[] = unknown[]> {
  /** `internal` unless it says otherwise. */
  kind?: TracedKind;
  /** Other traces that this work belongs to: carriers such as the headers of messages, or spans. */
  links?: ReadonlyArray<unknown> | ((...args: A) => ReadonlyArray<unknown>);
  attributes?: Record<string, AttributeValue | undefined> | ((...args: A) => Record<string, AttributeValue | undefined>);
}

// biome-ignore lint/suspicious/noExplicitAny: with `never` or `unknown` the parameters of an inline function would get that type
type AnyFunction = (...args: any[]) => any;

/**
 * The function with a span around each call; `this`, arguments, result, name and length stay.
 * Ends with the returned promise, with a callback as last argument, with the last step of a generator, or with the return.
 */
export function traced<T extends AnyFunction>(name: string, fn: T, options?: TracedOptions<Parameters<T>>): T {
  const kind = Object.prototype.toString.call(fn);
  const open: Open = (args) => trace.getTracer(SCOPE.name, SCOPE.version).startSpan(name, spanOptions(options, args));
  const wrapped =
    kind === '[object GeneratorFunction]' || kind === '[object AsyncGeneratorFunction]' ? generator(open, fn) : plain(open, fn);
  Object.defineProperty(wrapped, 'name', { configurable: true, value: fn.name });
  Object.defineProperty(wrapped, 'length', { configurable: true, value: fn.length });
  return wrapped as unknown as T;
}

/** The span of one call. */
type Open = (args: unknown[]) => Span;

function plain(open: Open, fn: AnyFunction): AnyFunction {
  return function tracedCall(this: unknown, ...args: unknown[]): unknown {
    const parent = context.active();
    const span = open(args);
    const last = args.length - 1;
    const callback = args[last];
    const takesCallback = typeof callback === 'function';
    if (takesCallback) args[last] = endWithCallback(span, parent, callback);
    let result: unknown;
    try {
      result = context.with(trace.setSpan(parent, span), () => Reflect.apply(fn, this, args));
    } catch (error) {
      close(span, error);
      throw error;
    }
    if (result instanceof Promise) return endWithPromise(span, result);
    if (!takesCallback) span.end();
    return result;
  };
}

/** A callback is called in the caller's context, as if the span were not there. */
function endWithCallback(span: Span, parent: Context, callback: Function): Function {
  const bound = function (this: unknown, ...args: unknown[]): unknown {
    close(span, args[0] instanceof Error ? args[0] : undefined);
    return context.with(parent, () => Reflect.apply(callback, this, args));
  };
  Object.defineProperty(bound, 'name', { configurable: true, value: callback.name });
  Object.defineProperty(bound, 'length', { configurable: true, value: callback.length });
  return bound;
}

function endWithPromise(span: Span, promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      span.end();
      return value;
    },
    (error) => {
      close(span, error);
      throw error;
    },
  );
}

function generator(open: Open, fn: AnyFunction): AnyFunction {
  return function tracedGenerator(this: unknown, ...args: unknown[]): unknown {
    const iterator: unknown = Reflect.apply(fn, this, args);
    return isIterator(iterator) ? traceIterator(() => open(args), iterator) : iterator;
  };
}

interface Steps {
  next(value?: unknown): unknown;
  return?(value?: unknown): unknown;
  throw?(error?: unknown): unknown;
}

/** The span begins with the first step, and every step runs in it, whoever drives the generator. */
function traceIterator(open: () => Span, iterator: Steps): Steps {
  let span: Span | undefined;
  let inner: Context = context.active();
  let done = false;
  const finish = (error?: unknown): void => {
    if (span && !done) close(span, error);
    done = true;
  };
  const observe = (step: unknown): unknown => {
    if (isDone(step)) finish();
    return step;
  };
  const fail = (error: unknown): never => {
    finish(error);
    throw error;
  };
  for (const method of ['next', 'return', 'throw'] as const) {
    const original = iterator[method];
    if (typeof original !== 'function') continue;
    const step = function (this: unknown, ...args: unknown[]): unknown {
      if (span === undefined) {
        span = open();
        inner = trace.setSpan(inner, span);
      }
      try {
        const result: unknown = context.with(inner, () => Reflect.apply(original, iterator, args));
        return result instanceof Promise ? result.then(observe, fail) : observe(result);
      } catch (error) {
        return fail(error);
      }
    };
    Object.defineProperty(iterator, method, { configurable: true, writable: true, value: step });
  }
  return iterator;
}

function isIterator(value: unknown): value is Steps {
  return typeof value === 'object' && value !== null && 'next' in value;
}

function isDone(step: unknown): boolean {
  return typeof step === 'object' && step !== null && 'done' in step && step.done === true;
}

/** Ends a span, with the error when there is one. A second end is ignored. */
function close(span: Span, error?: unknown): void {
  if (!span.isRecording()) return;
  if (error !== undefined) {
    const known = error instanceof Error;
    span.recordException(known ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR, message: known ? error.message : String(error) });
    span.setAttribute('error.type', known ? error.name : '_OTHER');
  }
  span.end();
}
