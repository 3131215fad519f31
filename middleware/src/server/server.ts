import { type Context, ROOT_CONTEXT, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import { executionAsyncId, triggerAsyncId } from 'async_hooks';
import type { EventEmitter } from 'events';
import { IncomingMessage, Server, ServerResponse } from 'http';
import { Server as SecureServer } from 'https';
import { activeContext, endsWithCallback, enterCallback, exchange, ownsContext, runner } from '../context-manager';
import { acceptDeclarations, nameByListeners } from '../declared';
import { watchFrameworks } from '../frameworks/watch';
import { noteThrow, watchUncaught } from '../log/uncaught';
import type { CoreSdk } from '../otel';
import { failRequest, finishRequest, type OutgoingResponse } from '../process/finish';
import { SCOPE } from '../version';
import { emitBelow, emitterOf, follow, offerEmit } from './emit';
import { expectRequest } from './expect-request';
import { watchServer, watchUnnamedApps } from './express-app';
import { beginCall, watchGrpcErrors } from './grpc';
import { isOverHttp2, watchHttp2 } from './http2';
import { parentOf } from './parent';
import { attachState, enterRequest, type RequestState, type RpcMetadata, shareState, stateOf } from './request';
import { contextOf } from './request-context';
import { type Scheme, serverAttributes } from './server-attributes';

type Emitter = EventEmitter & OutgoingResponse;

export interface Tracing {
  readonly tracer: Tracer;
  readonly core: CoreSdk;
}

/** Since Node 16.20 a response has the property that says so. */
const SAYS_CLOSE = !/^v(?:14|15|16\.1?\d)\./.test(process.version);

/**
 * A SERVER span for every request of every http and https server, whenever it was made. Four prototypes get one `emit` each:
 *
 *   Server            'request' -> start the span, run the listeners in its context
 *   IncomingMessage   any event -> run its listeners in that context
 *   ServerResponse    the same; 'close' ends the span
 *
 * No object of the app is wrapped and no listener added, which is why it costs a fraction of the official instrumentation.
 */
export function traceServers(core: CoreSdk): void {
  if (isInstrumented()) return;
  watchUnnamedApps();
  watchFrameworks();
  watchGrpcErrors();
  const tracing = { core, tracer: trace.getTracer(SCOPE.name, SCOPE.version) };
  patchServer(Server.prototype, 'http', tracing, true);
  patchServer(SecureServer.prototype, 'https', tracing, true);
  follow(IncomingMessage.prototype, followRequest, passesRequest);
  follow(ServerResponse.prototype, followResponse, SAYS_CLOSE ? passesResponse : undefined);
  watchHttp2({
    server: (prototype, scheme) => patchServer(prototype, scheme, tracing, false),
    request: (prototype) => follow(prototype, followRequest),
    response: (prototype) => follow(prototype, followResponse),
  });
  acceptDeclarations();
  watchUncaught(core);
}

/** By an official instrumentation that was there first. */
function isInstrumented(): boolean {
  return Server.prototype.emit.name === 'incomingRequest';
}

function patchServer(prototype: EventEmitter, scheme: Scheme, tracing: Tracing, isHttp1: boolean): void {
  const original = emitterOf(prototype);
  const open = (server: EventEmitter, event: unknown, request: unknown, response: unknown): RequestState | undefined => {
    if (event === 'stream') return beginCall(request, response, tracing);
    const state = isRequest(event) ? begin(server, request, response, scheme, tracing) : undefined;
    if (state !== undefined) watchServer(server);
    return state;
  };
  const emit = function emit(this: EventEmitter, event: string | symbol, request: unknown, response: unknown): boolean {
    const state = open(this, event, request, response);
    // biome-ignore lint/complexity/noArguments: forwards without allocating an array per event
    const args = arguments;
    if (state === undefined || state.context === undefined) return Reflect.apply(Reflect.get(original, 'emit', this), this, args);
    const isOwn = ownsContext();
    const before = exchange(state.context);
    let isThrown = true;
    try {
      const below = emitBelow(original.emit);
      const result = isOwn ? Reflect.apply(below, this, args) : runner.run(state.context, Reflect.apply, below, this, args);
      isThrown = false;
      return result as boolean;
    } finally {
      if (isOwn) exchange(before);
      if (isThrown) noteThrow(state);
    }
  };
  const start = (server: EventEmitter, request: unknown, response: unknown): boolean => {
    const state = begin(server, request, response, scheme, tracing);
    if (state === undefined) return false;
    watchServer(server);
    enterRequest(state);
    return true;
  };
  offerEmit(
    prototype,
    emit,
    expectRequest(start, (server) => Reflect.get(original, 'emit', server), isHttp1),
  );
}

/** Who listens for an expectation answers the request there. */
function isRequest(event: unknown): boolean {
  return event === 'request' || event === 'checkContinue' || event === 'checkExpectation';
}

function followRequest(request: EventEmitter): Context | undefined {
  const state = stateOf(request);
  return state && state.context;
}

/** What Node emits of a request while it reads or has just read it, where nothing of the request's own led to it. */
function passesRequest(request: EventEmitter): boolean {
  const state = stateOf(request);
  if (state === undefined || state.context === undefined) return false;
  const { context, entered } = state;
  const active = activeContext();
  // A listener that keeps `emit` for later gets ours.
  if (active === context) return !(endsWithCallback() && entered !== undefined && entered.asyncId === executionAsyncId());
  if (active !== ROOT_CONTEXT || entered === undefined || !endsWithCallback()) return false;
  if (entered.asyncId !== executionAsyncId() && entered.asyncId !== triggerAsyncId()) return false;
  enterCallback(context);
  return true;
}

function followResponse(response: Emitter, event: unknown, value: unknown): Context | undefined {
  const state = stateOf(response);
  if (state === undefined || state.context === undefined) return undefined;
  if (event === 'close') finishRequest(state, response);
  else if (event === 'error') failRequest(state, value);
  return state.context;
}

interface Ending {
  readonly _closed?: boolean;
  readonly writableFinished?: boolean;
}

/** 'finish' and 'close', which Node says on the response before it emits them. */
function passesResponse(response: Emitter & Ending): boolean {
  const state = stateOf(response);
  if (state === undefined || state.context === undefined) return false;
  if (response._closed === true) finishRequest(state, response);
  else if (response.writableFinished !== true) return false;
  return activeContext() === state.context;
}

function begin(
  server: EventEmitter,
  request: unknown,
  response: unknown,
  scheme: Scheme,
  { tracer, core }: Tracing,
): RequestState | undefined {
  try {
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse) && !isOverHttp2(request, response)) return undefined;
    const known = stateOf(request);
    // Handed on by another server.
    if (known !== undefined) {
      nameByListeners(server, known);
      return undefined;
    }
    if (isTracedByOther(core)) return undefined;
    const parent = parentOf(request.headers);
    const span = tracer.startSpan(request.method || 'GET', { kind: SpanKind.SERVER }, parent);
    // Not at the start: the samplers that can be configured do not look at attributes, and a span that is not sampled needs none.
    if (span.isRecording()) span.setAttributes(serverAttributes(request, scheme));
    // With all of its properties at once: one that comes later takes an allocation of its own.
    const rpc: RpcMetadata = { type: 'http', span, own: true, state: undefined, route: undefined };
    const state = attachState(request, span, contextOf(parent, span, rpc, core), rpc);
    shareState(Object(response), state);
    rpc.state = state;
    nameByListeners(server, state);
    return state;
  } catch {
    return undefined;
  }
}

function isTracedByOther(core: CoreSdk): boolean {
  const active = activeContext();
  if (active === ROOT_CONTEXT) return false;
  const rpc = core.getRPCMetadata(active);
  return rpc !== undefined && rpc.own !== true;
}
