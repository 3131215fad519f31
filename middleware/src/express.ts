import { context, trace } from '@opentelemetry/api';
import { patchLayers } from './express-layers';
import { finishRequest, type OutgoingResponse } from './finish';
import { attachState, type IncomingRequest, type RequestState, stateOf } from './request';
import { expressRoute, noteMount } from './route';

type Next = (error?: unknown) => void;

interface ExpressRequest extends IncomingRequest {
  readonly app?: ExpressApp;
  readonly res?: OutgoingResponse;
}

interface ExpressApp {
  /** Prototype of every request of this app and of the apps mounted in it. */
  readonly request?: object;
  readonly _router?: unknown;
  readonly router?: unknown;
  readonly settings?: unknown;
  use(fn: (error: unknown, req: unknown, res: unknown, next: Next) => void): unknown;
}

interface EventSource extends OutgoingResponse {
  once(event: 'finish', listener: () => void): unknown;
}

const ROUTE = Symbol('tracewright.route');
const arranged = new WeakSet<object>();

/**
 * First middleware of an Express 4 or 5 app. Errors that pass through Express are recorded on the SERVER span,
 * and http.route is the full static template also in error handlers and below parametrised mounts.
 */
export function traceExpress(): (req: unknown, res: unknown, next: () => void) => void {
  return function traceExpress(req: unknown, res: unknown, next: () => void): void {
    try {
      if (isExpressRequest(req)) begin(req, res);
    } catch {
      // Telemetry never stops a request.
    }
    next();
  };
}

/** Extra middleware of a parametrised mount: `app.use('/t/:tenant', mountPath('/t/:tenant'), router)`. */
export function mountPath(template: string): (req: unknown, res: unknown, next: () => void) => void {
  const segments = template.split('/').filter(Boolean).length;
  return function mountPath(req: unknown, _res: unknown, next: () => void): void {
    try {
      const state = isExpressRequest(req) ? stateOf(req) : undefined;
      if (state && isExpressRequest(req)) noteMount(state, req.baseUrl || '', segments, template);
    } catch {
      // Telemetry never stops a request.
    }
    next();
  };
}

function begin(req: ExpressRequest, res: unknown): void {
  const app = req.app;
  if (app === undefined) return;
  if (!arranged.has(app)) arrange(app);
  if (stateOf(req) === undefined) adopt(req, res);
}

/** A request whose span another SDK set-up made: it has no end hook of ours, so the response's own end is used. */
function adopt(req: ExpressRequest, res: unknown): void {
  const span = trace.getSpan(context.active());
  if (span === undefined || !span.isRecording() || !isEventSource(res)) return;
  const state = attachState(req, span);
  res.once('finish', () => finishRequest(state, res));
}

/** Once per app, at its first request, when all routes are there. */
function arrange(app: ExpressApp): void {
  arranged.add(app);
  patchLayers(app);
  if (app.request) watchRoute(app.request);
  app.use(function recordError(error: unknown, _req: unknown, _res: unknown, next: Next): void {
    next(error);
  });
}

/** Express writes `req.route` when a route matched; at that moment `req.baseUrl` is the mount's, which error handlers no longer see. */
function watchRoute(prototype: object): void {
  if (Object.getOwnPropertyDescriptor(prototype, 'route')) return;
  Object.defineProperty(prototype, 'route', {
    configurable: true,
    enumerable: true,
    get(this: ExpressRequest & { [ROUTE]?: unknown }) {
      const state = stateOf(this);
      return state === undefined || state.matched === undefined ? this[ROUTE] : state.matched;
    },
    set(this: ExpressRequest & { [ROUTE]?: unknown }, route: { path?: unknown } | undefined) {
      const state = stateOf(this);
      if (state === undefined) this[ROUTE] = route;
      else state.matched = route;
      if (state !== undefined && route) captureRoute(state, this, route.path);
    },
  });
}

function captureRoute(state: RequestState, req: ExpressRequest, path: unknown): void {
  try {
    state.route = expressRoute(req.baseUrl, path, state.mounts, req.url);
  } catch {
    // The name stays the method.
  }
}

function isExpressRequest(value: unknown): value is ExpressRequest {
  return typeof value === 'object' && value !== null && 'app' in value;
}

function isEventSource(value: unknown): value is EventSource {
  return typeof value === 'object' && value !== null && 'once' in value;
}
