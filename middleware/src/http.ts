import { context, trace } from '@opentelemetry/api';
import { nameByRoute, recordError, setError } from './finish';
import { attachState, type RequestState, stateOf, type Traced } from './request';
import { createMatcher } from './template';

export interface TraceHttpOptions {
  /** Static route templates, e.g. `/users/:id`. Without them spans are named by method only. */
  routes?: ReadonlyArray<string>;
}

interface PlainRequest extends Traced {
  readonly url?: string;
  readonly method?: string;
}

/** Wraps a `node:http` request listener: names its SERVER span by route and records what it throws. `this`, arguments, result and length stay. */
export function traceHttp<T extends (req: import('http').IncomingMessage, res: import('http').ServerResponse) => unknown>(
  handler: T,
  options?: TraceHttpOptions,
): T {
  const match = createMatcher((options && options.routes) || []);
  const traced = function (this: unknown, ...args: unknown[]): unknown {
    const state = begin(args[0], match);
    const result: unknown = Reflect.apply(handler, this, args);
    return state !== undefined && result instanceof Promise ? result.catch((error: unknown) => fail(state, error)) : result;
  };
  Object.defineProperty(traced, 'name', { configurable: true, value: handler.name });
  Object.defineProperty(traced, 'length', { configurable: true, value: handler.length });
  return traced as unknown as T;
}

function begin(request: unknown, match: (path: string) => string | undefined): RequestState | undefined {
  try {
    if (!isRequest(request)) return undefined;
    const span = trace.getSpan(context.active());
    const state = stateOf(request) || (span && attachState(request, span));
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
  try {
    recordError(state, error);
    if (state.span.isRecording()) setError(state.span, error);
  } catch {
    // Telemetry never replaces the app's own error.
  }
  throw error;
}

function isRequest(value: unknown): value is PlainRequest {
  return typeof value === 'object' && value !== null && 'url' in value;
}

/** The path of a request target, also of the absolute form a proxy sends. */
function pathOf(url: string): string {
  const path = url.charAt(0) === '/' ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const end = path.search(/[?#]/);
  return (end < 0 ? path : path.slice(0, end)) || '/';
}
