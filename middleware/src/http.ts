import { context, trace } from '@opentelemetry/api';
import { declareRoutes, pathOf } from './declared';
import { nameByRoute, recordUncaught } from './process/finish';
import { attachState, type RequestState, stateBehind, type Traced } from './server/request';
import { createMatcher } from './server/template';

export interface TraceHttpOptions {
  /** Static route templates, e.g. `/users/:id`. Without them spans are named by method only. */
  routes?: ReadonlyArray<string>;
}

/** V8 calls an anonymous listener beside `{ routes }` by that name in stack traces; beside a list it does not. */
export type Routes = ReadonlyArray<string> | TraceHttpOptions;

interface PlainRequest extends Traced {
  readonly url?: string;
  readonly method?: string;
}

/**
 * Tells the routes of a `node:http` request listener, which name its SERVER spans, and gives the listener back as it is. Only where another
 * instrumentation makes the SERVER spans is it wrapped.
 */
export function traceHttp<T extends (req: import('http').IncomingMessage, res: import('http').ServerResponse) => unknown>(
  handler: T,
  given?: Routes,
): T {
  const routes = (isList(given) ? given : given && given.routes) || [];
  if (typeof handler !== 'function' || declareRoutes(handler, routes)) return handler;
  return wrap(handler, createMatcher(routes));
}

function isList(given: Routes | undefined): given is ReadonlyArray<string> {
  return Array.isArray(given);
}

function wrap<T extends Function>(handler: T, match: (path: string) => string | undefined): T {
  const traced = function (this: unknown, ...args: unknown[]): unknown {
    const state = begin(args[0], match);
    const result: unknown = Reflect.apply(handler, this, args);
    return state !== undefined && result instanceof Promise ? result.catch((error: unknown) => fail(state, error)) : result;
  };
  Object.setPrototypeOf(traced, Object.getPrototypeOf(handler));
  for (const key of Reflect.ownKeys(handler)) Reflect.defineProperty(traced, key, Object(Reflect.getOwnPropertyDescriptor(handler, key)));
  // As Node does for `once`: who removes or lists listeners finds the function that was wrapped.
  Object.defineProperty(traced, 'listener', { configurable: true, writable: true, value: handler });
  return traced as unknown as T;
}

function begin(request: unknown, match: (path: string) => string | undefined): RequestState | undefined {
  try {
    if (!isRequest(request)) return undefined;
    const span = trace.getSpan(context.active());
    const state = stateBehind(request) || (span && attachState(request, span));
    if (!state || state.route !== undefined) return state;
    const route = match(pathOf(request.url || '/'));
    if (route !== undefined) {
      state.route = route;
      // A span of another instrumentation has no end hook of ours.
      if (state.context === undefined) nameByRoute(state, route);
    }
    return state;
  } catch {
    return undefined;
  }
}

function fail(state: RequestState, error: unknown): never {
  recordUncaught(state, error);
  throw error;
}

function isRequest(value: unknown): value is PlainRequest {
  return typeof value === 'object' && value !== null && 'url' in value;
}
