import { EventEmitter } from 'events';
import type { ClientRequest } from 'http';
import { attach, type Call, detach, patchEvents, patchHeaders, patchOne, setCall } from './client-events';
import { type ClientState, clientTracer, endClient, isTracedBy, startClient } from './client-span';
import { type Arguments, addressedTo, clientAttributes, type Scheme, type SentRequest } from './client-target';

type Client = typeof import('http') | typeof import('https');

const OFFICIAL = '@opentelemetry/instrumentation-http';

/**
 * A CLIENT span for every `request` and `get` of http and https. Arguments and options reach Node as they are and no listener is added:
 *
 *   request, get                    start the span, call the original
 *   ClientRequest._storeHeader      write the trace context with the headers, at the last moment
 *   ClientRequest, IncomingMessage  any event -> run its listeners in the caller's context; 'end', 'error' and 'close' end the span
 */
export function traceHttpClients(): void {
  const http = require('http') as typeof import('http');
  const https = require('https') as typeof import('https');
  if (isWrapped(http.request)) return;
  const prototype = prototypeOfNode(http);
  patchHeaders(prototype);
  patchEvents(prototype, http.IncomingMessage.prototype);
  for (const name of ['request', 'get'] as const) {
    wrap(http, name, 'http', prototype);
    wrap(https, name, 'https', prototype);
  }
}

/** A mocking library that was loaded first may have put a subclass in the place of Node's own class. */
function prototypeOfNode({ ClientRequest, OutgoingMessage }: typeof import('http')): ClientRequest {
  let prototype: ClientRequest = ClientRequest.prototype;
  while (Object.getPrototypeOf(prototype) instanceof OutgoingMessage) prototype = Object.getPrototypeOf(prototype);
  return prototype;
}

/** By an official instrumentation that was there first. */
function isWrapped(send: Client['request']): boolean {
  return /outgoingRequest$/i.test(send.name);
}

function wrap(client: Client, name: 'request' | 'get', scheme: Scheme, prototype: ClientRequest): void {
  const original: Function = client[name];
  const tracer = clientTracer();
  const send = function (this: unknown): unknown {
    // biome-ignore lint/complexity/noArguments: they go on as they came
    const args = arguments;
    const state = isTracedBy(OFFICIAL) || isForRuntime(args) ? undefined : startClient(tracer);
    if (state === undefined) return Reflect.apply(original, this, args);
    const call: Call = { state, claimed: undefined };
    const outer = setCall(call);
    let request: unknown;
    let isRefused = true;
    try {
      request = Reflect.apply(original, this, args);
      isRefused = false;
    } finally {
      setCall(outer);
      // What Node throws is not caught: thrown again, it would come from here when the program ends with it.
      if (isRefused) {
        describe(state, {}, args, scheme);
        endClient(state, 0);
      }
    }
    try {
      if (call.claimed !== undefined && call.claimed !== request) detach(call.claimed);
      if (adopt(request, state, prototype)) describe(state, request, args, scheme);
      else endClient(state);
    } catch {
      // The request is on its way, with or without a span that says much.
    }
    return request;
  };
  Object.defineProperties(send, Object.getOwnPropertyDescriptors(original));
  Object.defineProperty(client, name, { ...Object.getOwnPropertyDescriptor(client, name), value: send });
}

/** The runtime of AWS Lambda asks for its next call and sends streams from within the process. */
function isForRuntime(args: Arguments): boolean {
  const api = process.env['AWS_LAMBDA_RUNTIME_API'];
  if (api === undefined) return false;
  try {
    return addressedTo(args) === api;
  } catch {
    return false;
  }
}

function adopt(request: unknown, state: ClientState, prototype: ClientRequest): request is SentRequest & EventEmitter {
  if (!(request instanceof EventEmitter)) return false;
  attach(request, state);
  if (!Object.prototype.isPrototypeOf.call(prototype, request)) patchOne(request);
  return true;
}

function describe(state: ClientState, request: SentRequest, args: Arguments, scheme: Scheme): void {
  if (!state.span.isRecording()) return;
  try {
    const attributes = clientAttributes(request, args, scheme);
    state.span.setAttributes(attributes);
    const method = String(attributes['http.request.method_original'] || attributes['http.request.method']);
    if (method !== 'GET') state.span.updateName(method);
  } catch {
    // Arguments that cannot be read describe nothing.
  }
}
