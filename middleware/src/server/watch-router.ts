import { IncomingMessage } from 'http';
import { recordError } from '../process/finish';
import type { Layer } from './express-layers';
import { isMountOf, noteWritten } from './mounts';
import { activeRpc, openRequests, type RequestState, stateBehind } from './request';
import { noteRoute } from './route';

/** Where router 2.3 keeps the errors of a request, from their first `next(error)` on, whether anybody listens to its channel or not. */
const ERRORS = Symbol.for('router.tracing.publishedErrors');

/** The router makes its set of errors when the first one comes; from then on each is recorded before anybody handles it. */
export function watchErrors(): void {
  if (ERRORS in IncomingMessage.prototype) return;
  Object.defineProperty(IncomingMessage.prototype, ERRORS, {
    configurable: true,
    get: () => undefined,
    set(this: IncomingMessage, errors: unknown) {
      Object.defineProperty(this, ERRORS, { configurable: true, enumerable: true, writable: true, value: errors });
      const state = stateBehind(this);
      if (state !== undefined && errors instanceof Set) recordAdded(state, errors);
    },
  });
}

function recordAdded(state: RequestState, errors: Set<unknown>): void {
  Object.defineProperty(errors, 'add', {
    configurable: true,
    writable: true,
    value: function add(this: Set<unknown>, error: unknown): Set<unknown> {
      try {
        recordError(state, error);
        const { request } = state;
        // A parameter callback failed: its route was found and never reached.
        if (request.route && state.matched !== request.route) noteRoute(state, request, request.route);
      } catch {
        // Telemetry never replaces the app's own error.
      }
      return Set.prototype.add.call(this, error);
    },
  });
}

/** Reading the method of a layer tells that it is its turn. The layer is not told the request: it is the one whose context runs, or the only one that fits. */
export function watchReach(prototype: object): void {
  const name = 'handleRequest';
  let method: unknown = Reflect.get(prototype, name);
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: true,
    get(this: Layer) {
      if (this !== prototype) onReach(this);
      return method;
    },
    set(this: object, value: unknown) {
      if (this === prototype) method = value;
      else Object.defineProperty(this, name, { configurable: true, enumerable: true, writable: true, value });
    },
  });
}

export function onReach(layer: Layer): void {
  try {
    if (layer.route) reachRoute(layer.route);
    else reachMount(layer.rawPath);
  } catch {
    // The template stays as it is.
  }
}

function reachRoute(route: object): void {
  const state = requestThat(({ request }) => request.route === route);
  if (state !== undefined) noteRoute(state, state.request, route);
}

function reachMount(written: unknown): void {
  if (written === undefined || written === '/') return;
  const state = requestThat(({ request }) => isMountOf(written, request.baseUrl || ''));
  const base = state && state.request.baseUrl;
  if (state && base) noteWritten(state, base, written);
}

function requestThat(fits: (state: RequestState) => boolean): RequestState | undefined {
  const rpc = activeRpc();
  if (rpc !== undefined && rpc.state !== undefined && fits(rpc.state)) return rpc.state;
  let found: RequestState | undefined;
  for (const state of openRequests()) {
    if (!fits(state)) continue;
    if (found !== undefined) return undefined;
    found = state;
  }
  return found;
}
