import type { EventEmitter } from 'events';
import type { ClientRequest, IncomingMessage } from 'http';
import { activeContext } from '../context-manager';
import { hasOwn } from '../own';
import { type Follow, follow } from '../server/emit';
import { keep } from '../server/keep';
import { writeWithContext } from './client-headers';
import { type ClientState, endClient, failClient, type Received } from './client-span';

type Watch = (state: ClientState, message: object, event: unknown, value: unknown) => void;

interface Traced {
  [KEY]?: ClientState;
}

interface HeaderWriter {
  _storeHeader?(firstLine: string, headers: unknown): unknown;
}

const KEY = Symbol('tracewright.client');

/** A call that is being made. Node writes some header blocks before it returns the request: that request is claimed. */
export interface Call {
  readonly state: ClientState;
  claimed: object | undefined;
}

let current: Call | undefined;

/** Returns the call that was being made until now. */
export function setCall(call: Call | undefined): Call | undefined {
  const before = current;
  current = call;
  return before;
}

export function attach(message: object, state: ClientState): void {
  keep(message, KEY, state);
}

export function detach(message: object): void {
  const traced: Traced = message;
  delete traced[KEY];
}

function stateOf(message: object): ClientState | undefined {
  const traced: Traced = message;
  return traced[KEY];
}

/** Node writes the header block of every request with `_storeHeader`, once. */
export function patchHeaders(prototype: ClientRequest): void {
  const writer: HeaderWriter = prototype as object;
  const inherited: HeaderWriter = Object.getPrototypeOf(prototype);
  if (typeof writer._storeHeader !== 'function') return;
  const isOwn = hasOwn(prototype, '_storeHeader');
  const own = writer._storeHeader;
  const patched = function _storeHeader(this: object, firstLine: string, headers: unknown): unknown {
    const original = isOwn ? own : inherited._storeHeader;
    const write = (block: unknown): unknown => Reflect.apply(original as Function, this, [firstLine, block]);
    const state = stateOf(this) || claim(this);
    return state === undefined ? write(headers) : writeWithContext(headers, state, write);
  };
  Object.defineProperty(prototype, '_storeHeader', { configurable: true, enumerable: false, writable: true, value: patched });
}

/** The request that is returned writes last, after those that a `createConnection` of the program makes and sends on the way. */
function claim(request: object): ClientState | undefined {
  if (current === undefined) return undefined;
  if (current.claimed !== undefined) detach(current.claimed);
  current.claimed = request;
  attach(request, current.state);
  return current.state;
}

export function patchEvents(request: ClientRequest, response: IncomingMessage): void {
  watchErrors();
  follow(request, followWith(watchRequest), passesRequest);
  follow(response, followWith(watchResponse), passesResponse);
}

/** For a request that does not come from Node. */
export function patchOne(request: EventEmitter): void {
  follow(request, followWith(watchRequest), undefined, false);
}

function followWith(watch: Watch): Follow<EventEmitter> {
  return (message, event, value) => {
    const state = stateOf(message);
    if (state === undefined) return undefined;
    watch(state, message, event, value);
    return state.parent;
  };
}

function watchRequest(state: ClientState, _request: object, event: unknown, value: unknown): void {
  if (event === 'response') receive(state, value);
  else if (event === 'error') failClient(state, value);
  else if (event === 'close') close(state);
}

function watchResponse(state: ClientState, response: Received, event: unknown, value: unknown): void {
  if (event === 'end') endClient(state, statusOf(response));
  else if (event === 'error') failClient(state, value);
}

interface Sent {
  readonly res?: (Received & { readonly upgrade?: boolean }) | null;
  readonly _closed?: boolean;
  readonly socket?: unknown;
  readonly writableFinished?: boolean;
}

/** 'socket', 'finish', 'response', 'close' and 'error', which Node says before it emits them. */
function passesRequest(request: EventEmitter & Sent): boolean {
  const state = stateOf(request);
  if (state === undefined) return false;
  const { res } = request;
  if (res && state.response !== res && !res.upgrade) receive(state, res);
  else if (request._closed === true) close(state);
  else if (request !== failing && !comesFurther(state, request)) return false;
  failing = undefined;
  return activeContext() === state.parent;
}

function comesFurther(state: ClientState, { socket, writableFinished }: Sent): boolean {
  const stage = !socket ? 0 : writableFinished ? 2 : 1;
  if (stage <= state.stage) return false;
  state.stage = stage;
  return true;
}

interface Readable extends Received {
  readonly destroyed?: boolean;
  readonly errored?: unknown;
  readonly readableEnded?: boolean;
  readonly _readableState?: { readonly errorEmitted?: boolean };
}

/** All of its events, as long as Node says which error it has; it does since 18. */
function passesResponse(response: EventEmitter & Readable): boolean {
  const state = stateOf(response);
  if (state === undefined) return false;
  if (response.readableEnded === true) endClient(state, statusOf(response));
  else if (response.destroyed !== false && response.errored === undefined) return false;
  else if (response.errored && isEmitted(response)) failClient(state, response.errored);
  return activeContext() === state.parent;
}

/** 'error' comes next, or has come. */
function isEmitted({ _readableState }: Readable): boolean {
  return _readableState !== undefined && _readableState.errorEmitted === true;
}

let failing: object | undefined;
let errors: { subscribe(listener: (message: unknown) => void): void } | undefined;

/** Since Node 20 it publishes each error of a request before the event. */
function watchErrors(): void {
  try {
    const { channel } = require('diagnostics_channel') as typeof import('diagnostics_channel');
    errors = channel('http.client.request.error');
    errors.subscribe((message) => {
      const { request, error } = message as { request: object; error: unknown };
      const state = stateOf(request);
      if (state === undefined) return;
      failClient(state, error);
      failing = request;
    });
  } catch {
    // Before Node 14.17.
  }
}

function close(state: ClientState): void {
  const { response } = state;
  endClient(state, response && response.complete ? statusOf(response) : undefined);
}

function statusOf({ aborted, complete, statusCode }: Received): number | undefined {
  return aborted && !complete ? 0 : statusCode;
}

function receive(state: ClientState, response: unknown): void {
  try {
    if (typeof response !== 'object' || response === null) return;
    state.response = response;
    attach(response, state);
    if (!state.span.isRecording()) return;
    const { statusCode, httpVersion, socket }: Received = response;
    if (statusCode !== undefined) state.span.setAttribute('http.response.status_code', statusCode);
    if (!socket) return;
    if (socket.remoteAddress !== undefined) state.span.setAttribute('network.peer.address', socket.remoteAddress);
    if (socket.remotePort !== undefined) state.span.setAttribute('network.peer.port', socket.remotePort);
    if (httpVersion !== undefined) state.span.setAttribute('network.protocol.version', httpVersion);
  } catch {
    // The program gets its response.
  }
}
