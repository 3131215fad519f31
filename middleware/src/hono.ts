import { type Matched, noteHono } from './frameworks/hono';
import { recordError } from './process/finish';
import { activeRpc } from './server/request';

interface Router {
  readonly name: string;
  add(...args: unknown[]): unknown;
  match(method: string, path: string): unknown;
}

interface HonoApp {
  router: Router;
  errorHandler: (error: unknown, context: unknown) => unknown;
}

const watched = new WeakSet<object>();

/**
 * Names the spans of a Hono app that a server of Node.js serves after its routes, and records what reaches its error handler. The app is
 * given back as it is: its router is asked as before, and what it answers is read.
 */
export function traceHono<App extends object>(app: App): App {
  try {
    if (!isHono(app) || watched.has(app)) return app;
    watched.add(app);
    watchRouter(app);
    watchErrors(app);
  } catch {
    // An app that cannot be watched runs as it is.
  }
  return app;
}

/** Around it, because routers of Hono put another method in the place of their own when they are asked first. */
function watchRouter(app: HonoApp): void {
  const { router } = app;
  app.router = Object.create(router, {
    add: { value: (...args: unknown[]) => Reflect.apply(router.add, router, args) },
    match: {
      value: (method: string, path: string) => {
        const matched = router.match(method, path);
        noteHono(matched as Matched);
        return matched;
      },
    },
  });
}

function watchErrors(app: HonoApp): void {
  const original = app.errorHandler;
  const errorHandler = function errorHandler(this: unknown, error: unknown, context: unknown): unknown {
    try {
      const rpc = activeRpc();
      if (rpc !== undefined && rpc.state !== undefined) recordError(rpc.state, error);
    } catch {
      // Telemetry never replaces the app's own error.
    }
    return Reflect.apply(original, this, [error, context]);
  };
  app.errorHandler = errorHandler;
}

function isHono(value: object): value is HonoApp {
  if (!('router' in value && 'errorHandler' in value && 'fetch' in value)) return false;
  const { router, errorHandler } = value;
  return typeof errorHandler === 'function' && typeof router === 'object' && router !== null && 'match' in router && 'add' in router;
}
