import type { EventEmitter } from 'events';
import { hasOwn } from '../own';
import type { Emit } from './emit';

/** Begins a request; false when it is none to trace. */
type Start = (server: EventEmitter, request: unknown, response: unknown) => boolean;

type HttpServer = EventEmitter & { readonly maxRequestsPerSocket?: number; readonly _handle?: unknown };

interface Started {
  readonly request: { readonly headers: { readonly expect?: unknown } };
  readonly response: unknown;
  readonly server: HttpServer;
}

let channel: { subscribe(listener: (message: unknown) => void): void } | undefined;

/** Asked for its `emit`, and whose the answer was. */
let asked: EventEmitter | undefined;
let answer: Start | undefined;
/** A request of this server has begun, its `emit` comes next. */
let begun: EventEmitter | undefined;
/** A request of this server has not begun: Node may answer it itself, or another `emit` comes before ours. */
let open: EventEmitter | undefined;

const OURS: Emit = () => false;

/**
 * Chooses the `emit` of a server. Node publishes a request just before it reads `emit` to tell the listeners: it begins there, so that nothing
 * of ours calls them. What is not published begins in ours: HTTP/2, requests that a program emits on a server that does not listen.
 */
export function expectRequest(
  start: Start,
  original: (server: EventEmitter) => Emit,
  isHttp1: boolean,
): (server: HttpServer) => Emit | undefined {
  subscribe();
  return (server) => {
    if (server === asked) {
      answer = start;
      return OURS;
    }
    if (server === begun) begun = undefined;
    else if (channel === undefined || !isHttp1 || server === open || !server._handle) return undefined;
    return original(server);
  };
}

function subscribe(): void {
  if (channel !== undefined) return;
  try {
    const { channel: find } = require('diagnostics_channel') as typeof import('diagnostics_channel');
    channel = find('http.server.request.start');
    channel.subscribe((message) => onStart(message as Started));
  } catch {
    // Before Node 14.17.
  }
}

function onStart({ request, response, server }: Started): void {
  begun = undefined;
  open = undefined;
  try {
    const begin = startOf(server);
    const isOpen = request.headers.expect !== undefined || Number(server.maxRequestsPerSocket) > 0;
    if (begin === undefined || isOpen) open = server;
    else if (begin(server, request, response)) begun = server;
  } catch {
    // The request goes its way without a span.
  }
}

/** Ours, unless another `emit` of its class comes first: that of another instrumentation calls ours when it has begun its span. */
function startOf(server: HttpServer): Start | undefined {
  const found = hasOwn(server, 'emit') ? Object.getPrototypeOf(server) : server;
  answer = undefined;
  asked = server;
  try {
    return Reflect.get(found, 'emit', server) === OURS ? answer : undefined;
  } finally {
    asked = undefined;
  }
}
