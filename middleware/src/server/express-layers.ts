import { recordError } from '../process/finish';
import { twinOf } from '../process/twin';
import { leaveChannel } from './express-channel';
import { stateOf, type Traced } from './request';
import { noteLayer, noteRoute } from './route';
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
  const prototype: (Prototype & { [PATCHED]?: boolean }) | null = Object.getPrototypeOf(layer);
  if (prototype === null || prototype[PATCHED]) return;
  Object.defineProperty(prototype, PATCHED, { value: true });
  if (notesErrors(layer)) {
    leaveChannel();
    watchErrors();
    watchReach(prototype);
    return;
  }
  for (const name of ['handle_error', 'handleError']) replace(prototype, name, onError);
  for (const name of ['handle_request', 'handleRequest']) replace(prototype, name, onRequest);
}

/** Since router 2.3, which also keeps the path as it was written. */
export function notesErrors(layer: object): boolean {
  return 'rawPath' in layer;
}

function replace(prototype: Prototype, name: string, observe: (layer: Layer, ...args: unknown[]) => void): void {
  const original = prototype[name];
  if (typeof original !== 'function') return;
  prototype[name] = twinOf(original, observe) || wrap(original, observe);
}

function wrap(original: Method, observe: (layer: Layer, ...args: unknown[]) => void): Method {
  const wrapped = function (this: Layer, ...args: unknown[]): unknown {
    observe(this, ...args);
    return Reflect.apply(original, this, args);
  };
  for (const key of ['name', 'length'] as const) Object.defineProperty(wrapped, key, { configurable: true, value: original[key] });
  return wrapped;
}

function onError(_layer: Layer, error: unknown, req: unknown): void {
  try {
    const state = isTraced(req) ? stateOf(req) : undefined;
    if (state) recordError(state, error);
  } catch {
    // Telemetry never replaces the app's own error.
  }
}

function onRequest(layer: Layer, req: unknown): void {
  try {
    const state = isTraced(req) ? stateOf(req) : undefined;
    if (state === undefined || !isTraced(req)) return;
    if (layer.route) noteRoute(state, req, layer.route);
    else noteLayer(state, req.baseUrl || '', layer);
  } catch {
    // The template stays as it is.
  }
}

function isTraced(value: unknown): value is Traced & { readonly baseUrl?: string; readonly url?: string } {
  return typeof value === 'object' && value !== null;
}
