import { type Context, type ContextManager, context as contextApi, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorage, executionAsyncId, executionAsyncResource } from 'async_hooks';
import { EventEmitter } from 'events';

type Listener = (...args: unknown[]) => unknown;

/**
 * Context on AsyncLocalStorage. Emitters are bound by one `emit` of their own instead of five patched listener methods,
 * which costs a fraction per request and leaves the listeners themselves untouched.
 */
export class LeanContextManager implements ContextManager {
  readonly storage: AsyncLocalStorage<Context> = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.storage.getStore() || ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    if (thisArg === undefined || thisArg === null) return this.storage.run(context, fn, ...args);
    return this.storage.run(context, Reflect.apply, fn, thisArg, args);
  }

  bind<T>(context: Context, target: T): T {
    if (target instanceof EventEmitter) this.bindEmitter(context, target);
    else if (typeof target === 'function') return this.bindFunction(context, target);
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.storage.disable();
    return this;
  }

  private bindEmitter(context: Context, emitter: EventEmitter): void {
    const storage = this.storage;
    const emit = emitter.emit;
    emitter.emit = function boundEmit(this: EventEmitter): boolean {
      // biome-ignore lint/complexity/noArguments: forwards without allocating a rest array per event
      const args = arguments;
      if (storage.getStore() === context) return Reflect.apply(emit, this, args);
      return storage.run(context, Reflect.apply, emit, this, args);
    };
  }

  private bindFunction<T extends Function>(context: Context, fn: T): T {
    const manager = this;
    const bound = function boundToContext(this: unknown, ...args: unknown[]): unknown {
      return manager.storage.run(context, () => Reflect.apply(fn, this, args));
    };
    for (const key of ['name', 'length'] as const) Object.defineProperty(bound, key, { configurable: true, value: Reflect.get(fn, key) });
    return bound as Listener as unknown as T;
  }
}

let own: LeanContextManager | undefined;

/** Makes ours that of the API, unless there is one already. */
export function installContextManager(): void {
  const manager = new LeanContextManager();
  if (!contextApi.setGlobalContextManager(manager)) return;
  own = manager;
  runner = manager.storage as Runner;
  const property: unknown = Reflect.get(manager.storage, 'kResourceStore');
  key = typeof property === 'symbol' ? property : undefined;
}

/** What the API answers, without its way there: it is asked several times for each request. */
export function activeContext(): Context {
  return own === undefined ? contextApi.active() : own.active();
}

type Resource = Record<symbol, Context | undefined>;

/** Where a context was entered. Up to Node 22 it stays with the resource, which for a request is its connection. */
export interface Entered {
  readonly asyncId: number;
  readonly resource: Resource | undefined;
  readonly before: Context | undefined;
}

/** The property of resources under which our storage keeps its value; since Node 24 there is none. */
let key: symbol | undefined;

/** Whether the context manager is ours; another one can only be asked to run a function. */
export function ownsContext(): boolean {
  return own !== undefined;
}

/** Whether what is entered in a callback of Node ends with it. */
export function endsWithCallback(): boolean {
  return key === undefined;
}

/** Makes it the context of what Node runs now, without a frame in its stack traces, and answers which one it was until then. */
export function exchange(context: Context | undefined): Context | undefined {
  if (own === undefined) return undefined;
  const before = own.storage.getStore();
  own.storage.enterWith(context as Context);
  return before;
}

/** The same for a whole callback of Node. */
export function enterCallback(context: Context): Entered {
  const resource = key === undefined ? undefined : (executionAsyncResource() as Resource);
  return { asyncId: executionAsyncId(), resource, before: exchange(context) };
}

/** Takes it away from the resource that kept it, unless something else is there by now. */
export function leave({ resource, before }: Entered, context: Context): void {
  if (resource !== undefined && key !== undefined && resource[key] === context) resource[key] = before;
}

interface Runner {
  run(context: Context, apply: typeof Reflect.apply, fn: Function, self: unknown, args: ArrayLike<unknown>): unknown;
}

/** `runner.run(context, Reflect.apply, fn, this, args)` puts no frame of ours between: a stack trace shows ten in all. */
export let runner: Runner = {
  run: (context, apply, fn, self, args) => contextApi.with(context, apply, undefined, fn, self, args),
};
