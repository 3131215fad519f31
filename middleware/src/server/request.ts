import { type Context, createContextKey, type Span } from '@opentelemetry/api';
import { performance } from 'perf_hooks';
import { types } from 'util';
import { activeContext, type Entered, enterCallback, leave } from '../context-manager';
import type { Reader } from '../frameworks/reader';
import { keep } from './keep';

/** What is known about one incoming request, kept on the request and on its response. */
export interface RequestState {
  readonly request: IncomingRequest;
  readonly span: Span;
  readonly startedAt: number;
  /** In which its listeners run; nothing when another instrumentation opened the span. */
  readonly context: Context | undefined;
  /** Where Node was when that became the context of a whole callback. */
  entered: Entered | undefined;
  /** Where official library instrumentations leave the route they matched. */
  readonly rpc: RpcMetadata | undefined;
  /** Full route template. */
  route: string | undefined;
  /** The route of a listener that a library may have taken over; counts when there is no other. */
  guess: string | undefined;
  /** What the framework itself calls the route, and the mount prefix it was reached by. */
  matched: unknown;
  base: string;
  /** What the framework made of the request, and how to read its route. */
  handled: object | undefined;
  reader: Reader | undefined;
  /** The last error that passed through the framework. */
  error: unknown;
  /** The last exception that was recorded on a span below. */
  inner: ExceptionEvent | undefined;
  /** Concrete mount prefixes and their templates, outermost first. */
  mounts: Mount[] | undefined;
  /** Of a request of ours. */
  response: OwnResponse | undefined;
  ended: boolean;
}

/** Attributes of an exception, as another instrumentation recorded it. */
export type ExceptionEvent = Readonly<Record<string, unknown>>;

export interface OwnResponse {
  readonly statusCode?: number;
  readonly writableEnded?: boolean;
}

export interface RpcMetadata {
  readonly type: 'http';
  readonly span: Span;
  readonly own?: true;
  /** Of the request, when the span is ours. */
  state?: RequestState | undefined;
  route?: string | undefined;
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
  readonly app?: unknown;
  /** It stands for the call of a function, in which a framework may make a request of its own of it. */
  readonly isCall?: true;
}

export function stateOf(message: object): RequestState | undefined {
  const traced: Traced = message;
  return traced[KEY];
}

const behind = new WeakMap<object, RequestState>();

/**
 * The same for a request that a framework hands on. A proxy of the program is not asked for what only we know: it stands for the request
 * whose context ran when it was first seen.
 */
export function stateBehind(message: object): RequestState | undefined {
  const rpc = activeRpc();
  const active = rpc && rpc.state;
  if (active !== undefined && active.request === message) return active;
  if (!types.isProxy(message)) return stateOf(message);
  const known = behind.get(message) || active;
  if (known !== undefined) behind.set(message, known);
  return known;
}

/** The same for a request that a framework was given without a server: that of the call of a function. */
export function stateFor(message: object): RequestState | undefined {
  const state = stateBehind(message);
  if (state !== undefined) return state;
  const rpc = activeRpc();
  return rpc !== undefined && rpc.state !== undefined && rpc.state.request.isCall === true ? rpc.state : undefined;
}

/** The request that a framework hands on, or what its proxy stands for. */
export function unproxied<Message extends object>(state: RequestState, message: Message): Message | IncomingRequest {
  return state.request !== message && types.isProxy(message) ? state.request : message;
}

export const RPC: symbol = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');

/** What the core package's `getRPCMetadata` answers, in code that has no core package. */
export function activeRpc(): RpcMetadata | undefined {
  return activeContext().getValue(RPC) as RpcMetadata | undefined;
}

export function attachState(request: IncomingRequest, span: Span, own?: Context, rpc?: RpcMetadata): RequestState {
  const state: RequestState = {
    request,
    span,
    startedAt: performance.now(),
    context: own,
    entered: undefined,
    rpc,
    route: undefined,
    guess: undefined,
    matched: undefined,
    base: '',
    handled: undefined,
    reader: undefined,
    error: undefined,
    inner: undefined,
    mounts: undefined,
    response: undefined,
    ended: false,
  };
  keep(request, KEY, state);
  if (own !== undefined) open.add(state);
  return state;
}

const open = new Set<RequestState>();

/** Requests whose response is still open. */
export function openRequests(): ReadonlySet<RequestState> {
  return open;
}

export function closeRequest(state: RequestState): void {
  open.delete(state);
  const { entered, context } = state;
  if (entered !== undefined && context !== undefined) leave(entered, context);
}

/** Makes its context that of what Node runs now. Below it is that of the connection, not that of a request before it, which would keep all before that. */
export function enterRequest(state: RequestState): void {
  if (state.context === undefined) return;
  const entered = enterCallback(state.context);
  const { before, resource } = entered;
  const rpc = before && (before.getValue(RPC) as RpcMetadata | undefined);
  const earlier = rpc && rpc.state && rpc.state.entered;
  const base = earlier && earlier.resource === resource ? earlier.before : before;
  state.entered = { ...entered, before: resource === undefined ? undefined : base };
}

/** The response belongs to the same request. */
export function shareState(response: OwnResponse, state: RequestState): void {
  state.response = response;
  keep(response, KEY, state);
}
