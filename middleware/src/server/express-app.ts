import { context, trace } from '@opentelemetry/api';
import { EventEmitter } from 'events';
import { watchConnect } from '../frameworks/connect';
import { watchYoga } from '../frameworks/graphql/servers';
import { findLoaded, whenLoaded } from '../frameworks/loaded';
import { watchFinalErrors } from '../log/final-errors';
import { finishRequest, type OutgoingResponse } from '../process/finish';
import { watchChannel } from './express-channel';
import { notesErrors, watchLayerClass, watchLayers } from './express-layers';
import { listenersOf } from './listeners-of';
import { onUnseen } from './mounts';
import { activeRpc, attachState, type IncomingRequest, stateBehind } from './request';
import { onReach } from './watch-router';

interface EventSource extends OutgoingResponse {
  once(event: 'finish', listener: () => void): unknown;
}

/** What Express makes of `express()`, 4 and 5. */
export interface ExpressApp {
  /** Prototype of every response of this app. */
  readonly response: object;
  readonly request: object;
  readonly _router?: unknown;
  readonly router?: unknown;
  handle: (this: object, req: object, res: object, callback?: unknown) => unknown;
}

const watched = new WeakSet<object>();
const servers = new WeakSet<object>();
const arranged = new WeakSet<object>();

/**
 * Leaves an app as it is until its first request: a router that is made earlier never sees the settings that come later. Express reads
 * `res.locals` when a request enters an app, so a getter that the responses of this app inherit tells the moment; no layer is added.
 */
export function watchApp(app: ExpressApp): void {
  const { response } = app;
  if (watched.has(app) || Object.getOwnPropertyDescriptor(response, 'locals')) return;
  watched.add(app);
  // Express 4 reads them in a layer of its own, which must find the methods of layers replaced: a stack trace tells who was called by which.
  if ('lazyrouter' in app) watchFinalErrors(app, () => arrangeSafely(app));
  Object.defineProperty(response, 'locals', {
    configurable: true,
    get(this: object) {
      if (this !== response) enter(app, this);
      return Reflect.get(Object.getPrototypeOf(response), 'locals', this);
    },
    set(this: object, value: unknown) {
      Object.defineProperty(this, 'locals', { configurable: true, enumerable: true, writable: true, value });
    },
  });
}

/**
 * Apps on router 2.3 that nobody names and no server knows, because a function of the program stands before them. Where the router is found as
 * soon as it is loaded, nobody has to listen to its channel: while somebody does, it calls its layers another way.
 */
export function watchUnnamedApps(): void {
  whenLoaded('router/lib/layer.js', watchLayerClass);
  watchChannel(({ layer }) => {
    watchLayers(layer);
    onReach(layer);
  }, 'known');
}

/** The same where another instrumentation makes the SERVER spans: each request is found by its first layer. */
export function adoptUnnamedApps(): void {
  watchChannel(({ layer, req, res }) => {
    try {
      if (stateBehind(req) === undefined) adopt(req, res);
      watchLayers(layer);
      onReach(layer);
    } catch {
      // Telemetry never stops a request.
    }
  }, 'end');
}

/** The apps that a server hands its requests to, for those that no code names. */
export function watchServer(server: unknown): void {
  if (!isServer(server) || servers.has(server)) return;
  servers.add(server);
  try {
    findLoaded();
    for (const listener of listenersOf(server, 'request')) {
      if (isExpressApp(listener)) watchApp(listener);
      else {
        watchConnect(listener);
        watchYoga(listener);
      }
    }
  } catch {
    // Telemetry never stops a request.
  }
}

export function isExpressApp(value: unknown): value is ExpressApp {
  if (typeof value !== 'function' || !('handle' in value && 'set' in value && 'request' in value && 'response' in value)) return false;
  return typeof value.handle === 'function' && isObject(value.request) && isObject(value.response);
}

function enter(app: ExpressApp, res: object): void {
  try {
    const isArranged = arrange(app);
    if (stateBehind(res) !== undefined) {
      // Each request of ours is known by its server already, so the getter has done its work.
      if (isArranged) Reflect.deleteProperty(app.response, 'locals');
      return;
    }
    const req: unknown = Reflect.get(res, 'req');
    if (isObject(req) && stateBehind(req) === undefined) adopt(req, res);
  } catch {
    // Telemetry never stops a request.
  }
}

/** Once per app, when its router is there. */
export function arrange(app: ExpressApp): boolean {
  if (arranged.has(app)) return true;
  const layer = firstLayer(app);
  if (layer === undefined) return false;
  arranged.add(app);
  watchLayers(layer);
  if (!notesErrors(layer)) watchFinalErrors(app, () => undefined);
  return true;
}

onUnseen((app) => {
  if (isExpressApp(app)) arrangeSafely(app);
});

function arrangeSafely(app: ExpressApp): void {
  try {
    arrange(app);
  } catch {
    // Telemetry never stops a request.
  }
}

/** A request whose span another SDK set-up made: it has no end hook of ours, so the response's own end is used. */
export function adopt(req: IncomingRequest, res: unknown): void {
  const span = trace.getSpan(context.active());
  if (span === undefined || !span.isRecording() || !isEventSource(res)) return;
  const state = attachState(req, span);
  const rpc = activeRpc();
  if (rpc !== undefined) rpc.state = state;
  res.once('finish', () => finishRequest(state, res));
}

function firstLayer(app: ExpressApp): object | undefined {
  // `_router` first: in Express 4 `app.router` is a getter that throws.
  for (const key of ['_router', 'router'] as const) {
    if (key === 'router' && 'lazyrouter' in app) return undefined;
    const router: unknown = Reflect.get(app, key);
    const stack: unknown = router ? Reflect.get(Object(router), 'stack') : undefined;
    if (Array.isArray(stack) && stack.length > 0) return stack[0];
  }
  return undefined;
}

function isServer(value: unknown): value is EventEmitter {
  return value instanceof EventEmitter;
}

function isEventSource(value: unknown): value is EventSource {
  return isObject(value) && 'once' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
