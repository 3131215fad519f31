import type { Context } from '@opentelemetry/api';
import { activeContext, runner } from '../context-manager';
import { recordError } from '../process/finish';
import { twinOf } from '../process/twin';
import { quietly } from '../quietly';
import { isObserved, leaveChannel } from './express-channel';
import { noteLayer } from './mounts';
import { type RequestState, RPC, stateBehind, type Traced, unproxied } from './request';
import { noteRoute } from './route';
import { watchErrors, watchReach } from './watch-router';

/** One entry of an Express router's stack; 4 and 5 name the two methods differently. */
export interface Layer {
  readonly route?: { readonly path?: unknown };
  /** Concrete part of the URL that matched (Express 4, router 1 and 2.0 to 2.2). */
  readonly path?: string;
  readonly params?: Record<string, unknown>;
  /** What the mount path became (Express 4, router 1). */
  readonly regexp?: RegExp;
  readonly keys?: readonly { readonly name?: unknown }[];
  /** The same in router 2. */
  readonly matchers?: readonly ((path: string) => unknown)[];
  /** Mount path as written (router 2.3). */
  readonly rawPath?: unknown;
}

type Method = (this: Layer, ...args: unknown[]) => unknown;
type Prototype = Record<string, Method | undefined>;

const PATCHED = Symbol.for('tracewright.layer');

/**
 * Every router of one Express copy shares the prototype of its layers, so two methods show every error and every mount, whenever and
 * wherever the router was added; no handler is wrapped.
 */
export function watchLayers(layer: object): void {
  watchPrototype(Object.getPrototypeOf(layer), notesErrors(layer));
}

/** The same before there is a layer, for the class of router 2.3. */
export function watchLayerClass(exported: unknown): void {
  if (typeof exported === 'function' && /\brawPath\b/.test(Function.prototype.toString.call(exported)))
    watchPrototype(exported.prototype, true);
}

function watchPrototype(prototype: (Prototype & { [PATCHED]?: boolean }) | null, hasErrors: boolean): void {
  if (prototype === null || prototype[PATCHED]) return;
  Object.defineProperty(prototype, PATCHED, { value: true });
  if (hasErrors) {
    leaveChannel();
    watchErrors();
    const isSeen = replace(prototype, 'handleRequest', onRequest, false);
    if (isSeen) replace(prototype, 'handleError', onError, false);
    else watchReach(prototype);
    return;
  }
  for (const name of ['handle_error', 'handleError']) replace(prototype, name, onError, true);
  for (const name of ['handle_request', 'handleRequest']) replace(prototype, name, onRequest, true);
}

/** Since router 2.3, which also keeps the path as it was written. */
export function notesErrors(layer: object): boolean {
  return 'rawPath' in layer;
}

/** Sees what a layer is called with, `method` being what it is called by; true when it has called that itself. */
type Observe = (method: () => Method, layer: Layer, ...args: unknown[]) => boolean;

function replace(prototype: Prototype, name: string, observe: Observe, mayShow: boolean): boolean {
  const original = prototype[name];
  if (typeof original !== 'function' || (!mayShow && isObserved())) return false;
  let replaced = original;
  const look = observe.bind(undefined, () => replaced);
  const made = quietly(() => twinOf(original, look)) || (mayShow ? wrap(original, look) : undefined);
  if (made === undefined) return false;
  replaced = made;
  prototype[name] = replaced;
  return true;
}

function wrap(original: Method, look: (layer: Layer, ...args: unknown[]) => boolean): Method {
  const wrapped = function (this: Layer, ...args: unknown[]): unknown {
    return look(this, ...args) ? undefined : Reflect.apply(original, this, args);
  };
  for (const key of ['name', 'length'] as const) Object.defineProperty(wrapped, key, { configurable: true, value: original[key] });
  return wrapped;
}

function onError(method: () => Method, layer: Layer, error: unknown, req: unknown, res: unknown, next: unknown): boolean {
  const state = isTraced(req) ? stateBehind(req) : undefined;
  if (state === undefined) return false;
  try {
    if (!notesErrors(layer)) recordError(state, error);
  } catch {
    // Telemetry never replaces the app's own error.
  }
  const context = lostContext(state);
  if (context === undefined) return false;
  runner.run(context, Reflect.apply, method(), layer, [error, req, res, next]);
  return true;
}

function onRequest(method: () => Method, layer: Layer, req: unknown, res: unknown, next: unknown): boolean {
  const state = isTraced(req) ? stateBehind(req) : undefined;
  if (state === undefined || !isTraced(req)) return false;
  try {
    const own = unproxied(state, req);
    if (layer.route) noteRoute(state, own, layer.route);
    else noteLayer(state, own.baseUrl || '', layer);
  } catch {
    // The template stays as it is.
  }
  const context = lostContext(state);
  if (context === undefined) return false;
  runner.run(context, Reflect.apply, method(), layer, [req, res, next]);
  return true;
}

/**
 * A layer runs in the context of its request. A callback that a connection, pool or queue of another request ran may have called `next`: then
 * the layer and all after it are called where they belong. A context that was made from the request's own is right.
 */
function lostContext({ context, rpc }: RequestState): Context | undefined {
  if (context === undefined) return undefined;
  const active = activeContext();
  return active === context || active.getValue(RPC) === rpc ? undefined : context;
}

function isTraced(value: unknown): value is Traced & { readonly baseUrl?: string; readonly url?: string } {
  return typeof value === 'object' && value !== null;
}
