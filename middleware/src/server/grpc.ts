import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { EventEmitter } from 'events';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'http2';
import { performance } from 'perf_hooks';
import { whenLoaded } from '../frameworks/loaded';
import { read } from '../frameworks/reader';
import { loggedError } from '../log/logged-error';
import { recordError, setError } from '../process/finish';
import { currentRuntime, type Runtime } from '../runtime';
import { follow } from './emit';
import { parentOf } from './parent';
import { activeRpc, attachState, closeRequest, type RequestState, type RpcMetadata, stateOf } from './request';
import { contextOf } from './request-context';
import type { Tracing } from './server';

const STATUSES =
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'.split(
    ' ',
  );
const [CANCELLED, UNKNOWN, UNIMPLEMENTED] = [1, 2, 12];
/** Of the server, as the conventions say; the others are answers. */
const FAILURES = [UNKNOWN, 4, UNIMPLEMENTED, 13, 14, 15];

/** A call as it came: who answers is not known, and neither is whether there is such a method. */
interface Call {
  readonly service: string;
  readonly method: string;
}

const calls = new WeakMap<RequestState, Call>();
const followed = new WeakSet<object>();

/**
 * A SERVER span for every call that comes to a gRPC server, from its HTTP/2 stream: a handler that throws, a deadline and a client that goes
 * away all close it, and it says which status was sent. No handler is wrapped.
 */
export function beginCall(stream: unknown, headers: unknown, { core, tracer }: Tracing): RequestState | undefined {
  try {
    if (!isCall(headers)) return undefined;
    const [, service = '', method = ''] = /^\/(.*)\/([^/]*)$/.exec(String(headers[':path'])) || [];
    const parent = parentOf(headers);
    const span = tracer.startSpan(`${service}/${method}`, { kind: SpanKind.SERVER }, parent);
    const own = stream as ServerHttp2Stream;
    if (span.isRecording()) span.setAttributes({ 'rpc.system': 'grpc', 'rpc.service': service, 'rpc.method': method, ...addressesOf(own) });
    const rpc: RpcMetadata = { type: 'http', span, own: true, state: undefined, route: undefined };
    const state = attachState(Object(own), span, contextOf(parent, span, rpc, core), rpc);
    rpc.state = state;
    calls.set(state, { service, method });
    followStreams(own);
    return state;
  } catch {
    return undefined;
  }
}

function isCall(headers: unknown): headers is IncomingHttpHeaders & Record<string, unknown> {
  const type: unknown = read(headers, 'content-type');
  return typeof type === 'string' && type.indexOf('application/grpc') === 0 && type.indexOf('application/grpc-web') !== 0;
}

function addressesOf(stream: ServerHttp2Stream): Record<string, string | number> {
  const socket = stream.session && stream.session.socket;
  const attributes: Record<string, string | number> = {};
  if (socket === undefined) return attributes;
  const put = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) attributes[name] = value;
  };
  put('server.address', socket.localAddress);
  put('server.port', socket.localPort);
  put('client.address', socket.remoteAddress);
  put('network.peer.address', socket.remoteAddress);
  put('network.peer.port', socket.remotePort);
  return attributes;
}

/** Its events come from its connection, which belongs to no call. */
function followStreams(stream: ServerHttp2Stream): void {
  const prototype: EventEmitter = Object.getPrototypeOf(stream);
  if (followed.has(prototype)) return;
  followed.add(prototype);
  follow(prototype, (one, event) => {
    const state = stateOf(one);
    if (state === undefined) return undefined;
    if (event === 'close') finishCall(state, one as ServerHttp2Stream);
    return state.context;
  });
}

function finishCall(state: RequestState, stream: ServerHttp2Stream): void {
  if (state.ended) return;
  state.ended = true;
  closeRequest(state);
  try {
    const code = codeOf(stream);
    const { span } = state;
    if (span.isRecording()) {
      span.setAttribute('rpc.grpc.status_code', code);
      // Anybody can ask for any method.
      if (code === UNIMPLEMENTED) span.updateName('grpc');
      if (FAILURES.indexOf(code) >= 0) reportFailure(state, code, messageOf(stream));
    }
    const runtime = currentRuntime();
    if (runtime && runtime.requestLogs) logCall(runtime, state, code);
  } catch {
    // A span without its last words is better than a broken call.
  }
  state.span.end();
}

/** Who goes away before there is a status has cancelled the call. */
function codeOf(stream: ServerHttp2Stream): number {
  const sent = sentOf(stream, 'grpc-status');
  if (sent !== undefined) return Number(sent);
  return stream.aborted || stream.rstCode !== 0 ? CANCELLED : UNKNOWN;
}

/** An answer without a message has it among its headers. */
function sentOf({ sentHeaders, sentTrailers }: ServerHttp2Stream, name: string): unknown {
  const sent: unknown = read(sentTrailers, name);
  return sent === undefined ? read(sentHeaders, name) : sent;
}

function messageOf(stream: ServerHttp2Stream): string {
  const sent = sentOf(stream, 'grpc-message');
  try {
    return sent === undefined ? '' : decodeURIComponent(String(sent));
  } catch {
    return String(sent);
  }
}

function reportFailure(state: RequestState, code: number, message: string): void {
  const { span } = state;
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  if (state.error === undefined) recordError(state, loggedError(span));
  if (state.error instanceof Error) setError(span, state.error);
  else span.setAttribute('error.type', STATUSES[code] || String(code));
}

/** The same record that a request over HTTP gets. */
function logCall(runtime: Runtime, state: RequestState, code: number): void {
  const call = calls.get(state);
  if (call === undefined) return;
  const { service, method } = call;
  const failed = FAILURES.indexOf(code) >= 0;
  const named = code === UNIMPLEMENTED ? 'grpc' : `${service}/${method}`;
  runtime.emit({
    severityNumber: failed ? 17 : code === 0 ? 9 : 13,
    severityText: failed ? 'ERROR' : code === 0 ? 'INFO' : 'WARN',
    body: `${named} ${STATUSES[code] || code}`,
    eventName: 'rpc.server.call',
    attributes: {
      'rpc.system': 'grpc',
      ...(code === UNIMPLEMENTED ? {} : { 'rpc.service': service, 'rpc.method': method }),
      'rpc.grpc.status_code': code,
      'rpc.server.duration': Math.round((performance.now() - state.startedAt) * 1000) / 1e6,
    },
    spanContext: state.span.spanContext(),
  });
}

/** What a handler gave to its callback, before grpc-js makes a status of it: in a function since 1.10, in a method before. */
export function watchGrpcErrors(): void {
  whenLoaded('@grpc/grpc-js/build/src/server-call.js', (exported) => {
    noteFirst(exported, 'serverErrorToStatus');
    noteFirst(read(exported, 'Http2ServerCallStream', 'prototype'), 'sendError');
  });
}

function noteFirst(holder: unknown, name: string): void {
  const original: unknown = read(holder, name);
  if (typeof holder !== 'object' || holder === null || typeof original !== 'function') return;
  const replaced = function (this: unknown, ...args: unknown[]): unknown {
    try {
      const rpc = activeRpc();
      const code: unknown = read(args[0], 'code');
      if (rpc && rpc.state && args[0] instanceof Error && (code === undefined || FAILURES.indexOf(Number(code)) >= 0))
        recordError(rpc.state, args[0]);
    } catch {
      // Telemetry never replaces the app's own error.
    }
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(replaced, 'name', { configurable: true, value: name });
  Object.defineProperty(holder, name, { configurable: true, enumerable: true, writable: true, value: replaced });
}
