import type { Context, Span } from '@opentelemetry/api';
import { performance } from 'perf_hooks';

/** What is known about one incoming request, kept on the request and on its response. */
export interface RequestState {
  readonly request: IncomingRequest;
  readonly span: Span;
  readonly startedAt: number;
  /** In which its listeners run; nothing when another instrumentation opened the span. */
  readonly context: Context | undefined;
  /** Where official library instrumentations leave the route they matched. */
  readonly rpc: RpcMetadata | undefined;
  /** Full route template. */
  route: string | undefined;
  /** The route of a listener that a library may have taken over; counts when there is no other. */
  guess: string | undefined;
  /** What the framework itself calls the route. */
  matched: unknown;
  /** The last error that passed through the framework. */
  error: unknown;
  /** Concrete mount prefixes and their templates, outermost first. */
  mounts: Mount[] | undefined;
  ended: boolean;
}

export interface RpcMetadata {
  readonly type: 'http';
  readonly span: Span;
  readonly own?: true;
  /** Of the request, when the span is ours. */
  state?: RequestState;
  route?: string;
}

export interface Mount {
  readonly base: string;
  readonly template: string;
}

const KEY = Symbol.for('tracewright.request');

export interface Traced {
  [KEY]?: RequestState;
}

/** What is read from an incoming request; frameworks add the optional parts. */
export interface IncomingRequest extends Traced {
  readonly method?: string;
  readonly url?: string;
  readonly originalUrl?: string;
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}

export function stateOf(message: object): RequestState | undefined {
  const traced: Traced = message;
  return traced[KEY];
}

export function attachState(request: IncomingRequest, span: Span, context?: Context, rpc?: RpcMetadata): RequestState {
  const state: RequestState = {
    request,
    span,
    startedAt: performance.now(),
    context,
    rpc,
    route: undefined,
    guess: undefined,
    matched: undefined,
    error: undefined,
    mounts: undefined,
    ended: false,
  };
  request[KEY] = state;
  return state;
}

/** The response belongs to the same request. */
export function shareState(response: object, state: RequestState): void {
  const traced: Traced = response;
  traced[KEY] = state;
}
