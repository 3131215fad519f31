import { recordError } from './finish';
import { stateOf, type Traced } from './request';
import { noteLayer } from './route';

/** One entry of an Express router's stack; 4 and 5 name the two methods differently. */
export interface Layer {
  readonly route?: unknown;
  /** Concrete part of the URL that matched (Express 4, router 1 and 2.0). */
  readonly path?: string;
  readonly params?: Record<string, unknown>;
  /** Mount path as written (newer router). */
  readonly rawPath?: unknown;
}

type Handle = (this: Layer, ...args: unknown[]) => unknown;
type Prototype = Record<string, Handle | undefined>;

const PATCHED = Symbol.for('tracewright.layer');

/**
 * Every router of one Express copy shares this prototype, so two methods show every error and every mount,
 * whenever and wherever the router was added; no handler is wrapped.
 */
export function patchLayers(app: object): void {
  const layer = firstLayer(app);
  const prototype: (Prototype & { [PATCHED]?: boolean }) | null = layer ? Object.getPrototypeOf(layer) : null;
  if (prototype === null || prototype[PATCHED]) return;
  Object.defineProperty(prototype, PATCHED, { value: true });
  for (const name of ['handle_error', 'handleError']) {
    const original = prototype[name];
    if (typeof original !== 'function') continue;
    prototype[name] = function handleError(this: Layer, error: unknown, req: unknown, res: unknown, next: unknown) {
      onError(error, req);
      return original.call(this, error, req, res, next);
    };
  }
  for (const name of ['handle_request', 'handleRequest']) {
    const original = prototype[name];
    if (typeof original !== 'function') continue;
    prototype[name] = function handleRequest(this: Layer, req: unknown, res: unknown, next: unknown) {
      if (this.route === undefined) onMount(this, req);
      return original.call(this, req, res, next);
    };
  }
}

function firstLayer(app: object): object | undefined {
  // `_router` first: in Express 4 `app.router` is a getter that throws.
  for (const key of ['_router', 'router'] as const) {
    const router: unknown = Reflect.get(app, key);
    const stack: unknown = router ? Reflect.get(Object(router), 'stack') : undefined;
    if (Array.isArray(stack) && stack.length > 0) return stack[0];
  }
  return undefined;
}

function onError(error: unknown, req: unknown): void {
  try {
    const state = isTraced(req) ? stateOf(req) : undefined;
    if (state) recordError(state, error);
  } catch {
    // Telemetry never replaces the app's own error.
  }
}

function onMount(layer: Layer, req: unknown): void {
  try {
    const state = isTraced(req) ? stateOf(req) : undefined;
    if (state && isTraced(req)) noteLayer(state, req.baseUrl || '', layer);
  } catch {
    // The template stays as it is.
  }
}

function isTraced(value: unknown): value is Traced & { readonly baseUrl?: string } {
  return typeof value === 'object' && value !== null;
}
