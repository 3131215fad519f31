import type { Context } from '@opentelemetry/api';
import { activeContext, runner } from '../context-manager';
import { type Method, replaceMethod } from '../messaging/replace';

/** The function, called in the context that runs now; anything else as it is. */
export function bindNow<T>(fn: T): T {
  return typeof fn === 'function' ? (bindTo(activeContext(), fn) as unknown as T) : fn;
}

function bindTo(context: Context, fn: Function): Function {
  const bound = function (this: unknown): unknown {
    // biome-ignore lint/complexity/noArguments: forwards without allocating an array
    const args = arguments;
    if (activeContext() === context) return Reflect.apply(fn, this, args);
    return runner.run(context, Reflect.apply, fn, this, args);
  };
  Object.defineProperty(bound, 'length', { configurable: true, value: fn.length });
  return bound;
}

/** A method whose argument, or the last one that is a function, is called later, by whoever comes by then. */
export function bindArgument(owner: unknown, name: string, at: number | 'last'): void {
  replaceMethod(
    owner,
    name,
    (original: Method) =>
      function (this: unknown, ...args: unknown[]) {
        const index = at === 'last' ? lastFunction(args) : at;
        if (index >= 0 && index < args.length) args[index] = bindNow(args[index]);
        return Reflect.apply(original, this, args);
      },
  );
}

function lastFunction(args: readonly unknown[]): number {
  let index = args.length - 1;
  while (index >= 0 && typeof args[index] !== 'function') index--;
  return index;
}
