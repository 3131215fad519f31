import { type Context, ROOT_CONTEXT, type Span } from '@opentelemetry/api';
import { activeContext, exchange, ownsContext } from '../context-manager';
import { type Operation, open } from './spans';

/** Says nothing of its own until the message is there for which a loop waits; then it is the context of that message. */
class Slot implements Context {
  readonly outer: Context;
  inner: Context | undefined = undefined;

  constructor(outer: Context) {
    this.outer = outer;
  }

  getValue(key: symbol): unknown {
    return (this.inner || this.outer).getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return (this.inner || this.outer).setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return (this.inner || this.outer).deleteValue(key);
  }
}

export interface Message {
  readonly operation: Operation;
  readonly carrier: unknown;
}

type Step = { readonly done?: boolean; readonly value?: unknown };

interface Iterator {
  next?(...args: unknown[]): Promise<Step>;
  return?(...args: unknown[]): Promise<Step>;
  throw?(...args: unknown[]): Promise<Step>;
}

/**
 * The body of a `for await` loop runs in the context of the message it was given: the loop asks for the next one in its own function, so the
 * context that is entered then is the one that goes on after the wait. The CONSUMER span ends when the next is asked for.
 */
export function followLoop(iterator: unknown, messageOf: (value: unknown) => Message | undefined): void {
  if (typeof iterator !== 'object' || iterator === null) return;
  const steps: Iterator = iterator;
  const { next } = steps;
  if (typeof next !== 'function' || !ownsContext()) return;
  let outer: Context | undefined;
  let span: Span | undefined;
  let slot: Slot | undefined;
  const leave = (): void => {
    if (span !== undefined) span.end();
    span = undefined;
  };
  define(steps, 'next', function (this: unknown, ...args: unknown[]): unknown {
    leave();
    if (outer === undefined) outer = withoutSlots(activeContext());
    const mine = new Slot(outer);
    slot = mine;
    exchange(mine);
    return Reflect.apply(next, iterator, args).then((step: Step) => {
      const message = step.done ? undefined : safely(messageOf, step.value);
      if (message !== undefined) {
        const opened = open(message.operation, message.carrier);
        span = opened.span;
        mine.inner = opened.context;
      }
      return step;
    });
  });
  for (const name of ['return', 'throw'] as const) {
    const original = steps[name];
    if (typeof original !== 'function') continue;
    define(steps, name, function (this: unknown, ...args: unknown[]): unknown {
      leave();
      // The loop is over, and what comes after it is as before.
      if (slot !== undefined && outer !== undefined) exchange(outer);
      return Reflect.apply(original, iterator, args);
    });
  }
}

/** Loops that follow one another do not hold what the one before left. */
function withoutSlots(context: Context): Context {
  let found = context;
  while (found instanceof Slot) found = found.inner === undefined ? found.outer : found.outer;
  return found === undefined ? ROOT_CONTEXT : found;
}

function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { configurable: true, enumerable: false, writable: true, value });
}

function safely(messageOf: (value: unknown) => Message | undefined, value: unknown): Message | undefined {
  try {
    return messageOf(value);
  } catch {
    return undefined;
  }
}
