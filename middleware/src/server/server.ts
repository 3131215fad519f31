import { type Context, ROOT_CONTEXT, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import type { EventEmitter } from 'events';
import { IncomingMessage, Server, ServerResponse } from 'http';
import { Server as SecureServer } from 'https';
import { activeContext, runner } from '../context-manager';
import { acceptDeclarations, nameByListeners } from '../declared';
import { watchFrameworks } from '../frameworks/watch';
import { noteThrow, watchUncaught } from '../log/uncaught';
import type { CoreSdk } from '../otel';
import { failRequest, finishRequest, type OutgoingResponse } from '../process/finish';
import { SCOPE } from '../version';
import { emitBelow, emitterOf, follow, replaceEmit } from './emit';
import { watchServer, watchUnnamedApps } from './express-app';
import { beginCall, watchGrpcErrors } from './grpc';
import { isOverHttp2, watchHttp2 } from './http2';
import { parentOf } from './parent';
import { attachState, type RequestState, type RpcMetadata, shareState, stateOf } from './request';
import { contextOf } from './request-context';
import { type Scheme, serverAttributes } from './server-attributes';

type Emitter = EventEmitter & OutgoingResponse;

export interface Tracing {
  readonly tracer: Tracer;
  readonly core: CoreSdk;
}

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
  patchServer(Server.prototype, 'http', tracing);
  patchServer(SecureServer.prototype, 'https', tracing);
  follow(IncomingMessage.prototype, followRequest);
  follow(ServerResponse.prototype, followResponse);
  watchHttp2({
    server: (prototype, scheme) => patchServer(prototype, scheme, tracing),
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

function patchServer(prototype: EventEmitter, scheme: Scheme, tracing: Tracing): void {
  const original = emitterOf(prototype);
  replaceEmit<EventEmitter>(prototype, function emit(event, request, response) {
    const state =
      event === 'stream'
        ? beginCall(request, response, tracing)
        : isRequest(event)
          ? begin(this, request, response, scheme, tracing)
          : undefined;
    if (state !== undefined && event !== 'stream') watchServer(this);
    // biome-ignore lint/complexity/noArguments: forwards without allocating an array per event
    const args = arguments;
    if (state === undefined || state.context === undefined) return Reflect.apply(original.emit, this, args);
    let isThrown = true;
    try {
      const result = runner.run(state.context, Reflect.apply, emitBelow(original.emit), this, args) as boolean;
      isThrown = false;
      return result;
    } finally {
      if (isThrown) noteThrow(state);
    }
  });
}

/** Who listens for an expectation answers the request there. */
function isRequest(event: unknown): boolean {
  return event === 'request' || event === 'checkContinue' || event === 'checkExpectation';
}

function followRequest(request: EventEmitter): Context | undefined {
  const state = stateOf(request);
  return state && state.context;
}

function followResponse(response: Emitter, event: unknown, value: unknown): Context | undefined {
  const state = stateOf(response);
  if (state === undefined || state.context === undefined) return undefined;
  if (event === 'close') finishRequest(state, response);
  else if (event === 'error') failRequest(state, value);
  return state.context;
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
