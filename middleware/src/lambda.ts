import { exchange, ownsContext, runner } from './context-manager';
import { answerBy, answerByContext, type Later, laterOf } from './lambda/answers';
import { willFreeze } from './lambda/before-freeze';
import { beginInvocation, type Invocation } from './lambda/invocation';
import { followToEnd } from './lambda/unfinished';
import { currentRuntime } from './runtime';
import { keep } from './server/keep';

// biome-ignore lint/suspicious/noExplicitAny: with `never` or `unknown` the parameters of an inline function would get that type
type AnyFunction = (...args: any[]) => any;

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const TRACED = Symbol.for('tracewright.lambda');

/**
 * The handler of an AWS Lambda function with a span around each call, named by the route, the queue or the function. Name, length and
 * properties stay, by which the platform knows what it is. What was recorded is sent before the platform gets the answer and freezes the
 * process. Without a running SDK it does nothing.
 */
export function traceLambda<T extends AnyFunction>(handler: T): T {
  if (typeof handler !== 'function' || Reflect.has(handler, TRACED)) return handler;
  const traced = function (this: unknown, ...args: unknown[]): unknown {
    const call = open(handler, args);
    if (call === undefined) return Reflect.apply(handler, this, args);
    const isOwn = ownsContext();
    const before = exchange(call.invocation.context);
    try {
      const result: unknown = isOwn
        ? Reflect.apply(handler, this, args)
        : runner.run(call.invocation.context, Reflect.apply, handler, this, args);
      return settle(call, result);
    } catch (error) {
      return refuse(call, error);
    } finally {
      if (isOwn) exchange(before);
    }
  };
  Object.setPrototypeOf(traced, Object.getPrototypeOf(handler));
  for (const key of Reflect.ownKeys(handler)) Reflect.defineProperty(traced, key, Object(Reflect.getOwnPropertyDescriptor(handler, key)));
  keep(traced, TRACED, true);
  return traced as unknown as T;
}

interface Call {
  readonly invocation: Invocation;
  readonly later: Later;
  /** It neither answers by a callback nor by its context. */
  readonly answersAtOnce: boolean;
}

function open(handler: Function, args: unknown[]): Call | undefined {
  if (currentRuntime() === undefined) return undefined;
  try {
    const isStreaming = Reflect.get(handler, STREAMING) === 'response';
    const about = args[isStreaming ? 2 : 1];
    const invocation = followToEnd(beginInvocation(args[0], about));
    const later = laterOf();
    if (isStreaming) return { invocation, later, answersAtOnce: false };
    if (typeof args[2] === 'function') args[2] = answerBy(args[2], invocation, later);
    answerByContext(about, invocation, later);
    return { invocation, later, answersAtOnce: handler.length < 2 };
  } catch {
    return undefined;
  }
}

function settle({ invocation, later, answersAtOnce }: Call, result: unknown): unknown {
  if (!isPromise(result)) {
    if (!answersAtOnce) return result;
    invocation.succeed(result);
    later(() => undefined);
    return result;
  }
  return result.then(
    (value) => {
      invocation.succeed(value);
      return willFreeze() ? new Promise((resolve) => later(() => resolve(value))) : value;
    },
    (error) => {
      invocation.fail(error);
      if (!willFreeze()) throw error;
      return new Promise((_, reject) => later(() => reject(error)));
    },
  );
}

/** The platform takes a rejection for a throw, and waits for it. It takes `throw undefined` for something else. */
function refuse({ invocation, later }: Call, error: unknown): unknown {
  invocation.fail(error);
  if (!willFreeze() || error === undefined || error === null) throw error;
  return new Promise((_, reject) => later(() => reject(error)));
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
