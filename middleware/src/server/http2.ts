import type { EventEmitter } from 'events';
import type { IncomingMessage, ServerResponse } from 'http';
import { quietly } from '../quietly';
import type { Scheme } from './server-attributes';

interface Patches {
  server(prototype: EventEmitter, scheme: Scheme): void;
  request(prototype: EventEmitter): void;
  response(prototype: EventEmitter): void;
}

type Http2 = typeof import('http2');

let patches: Patches | undefined;
let http2: Http2 | undefined;
const patched = new WeakSet<object>();

/** Requests that come over HTTP/2 to a listener of 'request'; streams that a program answers itself get no span. */
export function watchHttp2(given: Patches): void {
  patches = given;
}

/** Servers of `http2` are known when they listen: nothing exports their classes, and the module is loaded only by who uses it. */
export function patchHttp2(server: object): void {
  const name = server.constructor.name;
  if (patches === undefined || (name !== 'Http2Server' && name !== 'Http2SecureServer')) return;
  const prototype: EventEmitter = Object.getPrototypeOf(server);
  if (patched.has(prototype) || prototype.constructor.name !== name) return;
  patched.add(prototype);
  try {
    if (http2 === undefined) {
      const found = quietly(() => require('http2') as Http2);
      http2 = found;
      patches.request(found.Http2ServerRequest.prototype);
      patches.response(found.Http2ServerResponse.prototype);
    }
    patches.server(prototype, name === 'Http2SecureServer' ? 'https' : 'http');
  } catch {
    // The server answers without spans.
  }
}

/** They look like those of HTTP/1.1 as far as anything here reads them. */
export function isOverHttp2(request: unknown, response: unknown): request is IncomingMessage & ServerResponse {
  return http2 !== undefined && request instanceof http2.Http2ServerRequest && response instanceof http2.Http2ServerResponse;
}
