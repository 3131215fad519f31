import { adopt, arrange, isExpressApp, watchApp } from './server/express-app';
import { noteMount } from './server/mounts';
import { type IncomingRequest, stateBehind } from './server/request';

type Middleware = (req: unknown, res: unknown, next: () => void) => void;

/**
 * Names the spans of an Express 4 or 5 app after their routes and records the errors that pass through it. The app is given back as it is:
 * it gets no layer, and its router is made when Express makes it.
 */
export function traceExpress<App extends object>(app: App): App;
/** The same as a middleware. `app.use` makes the router at once, so settings such as `strict routing` must come before. */
export function traceExpress(): Middleware;
export function traceExpress(...given: [] | [unknown]): unknown {
  if (given.length === 0) return asMiddleware();
  const [app] = given;
  try {
    if (isExpressApp(app)) watchApp(app);
  } catch {
    // An app that cannot be watched runs as it is.
  }
  return app;
}

function asMiddleware(): Middleware {
  return function traceExpress(req: unknown, res: unknown, next: () => void): void {
    try {
      if (isExpressRequest(req) && isExpressApp(req.app)) {
        arrange(req.app);
        if (stateBehind(req) === undefined) adopt(req, res);
      }
    } catch {
      // Telemetry never stops a request.
    }
    next();
  };
}

/** The template of a parametrised mount, stated where it is mounted: `app.use('/t/:tenant', mountPath('/t/:tenant'), router)`. */
export function mountPath(template: string): Middleware {
  const segments = template.split('/').filter(Boolean).length;
  return function mountPath(req: unknown, _res: unknown, next: () => void): void {
    try {
      const state = isExpressRequest(req) ? stateBehind(req) : undefined;
      if (state && isExpressRequest(req)) noteMount(state, req.baseUrl || '', segments, template);
    } catch {
      // Telemetry never stops a request.
    }
    next();
  };
}

function isExpressRequest(value: unknown): value is IncomingRequest {
  return typeof value === 'object' && value !== null && 'app' in value;
}
