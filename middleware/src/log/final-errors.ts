import { recordError } from '../process/finish';
import type { ExpressApp } from '../server/express-app';
import { stateBehind } from '../server/request';

const watched = new WeakSet<object>();

/**
 * An error that nobody handles ends in Express's final handler, which only `app.handle` knows: it is given one that looks at the error
 * first. `onEnter` is called before any layer is. In Express 4 this frame lies below the ten that a stack trace shows, since two layers of Express come before the first of the app.
 */
export function watchFinalErrors(app: ExpressApp, onEnter: () => void): void {
  if (watched.has(app) || 'parent' in app) return;
  watched.add(app);
  const original = app.handle;
  const handle = function handle(this: object, req: object, res: object, callback?: unknown): unknown {
    onEnter();
    if (callback || stateBehind(req) === undefined) return original.call(this, req, res, callback);
    return original.call(this, req, res, (error: unknown): void => {
      try {
        const state = stateBehind(req);
        if (state && error) recordError(state, error);
      } catch {
        // Telemetry never replaces the app's own error.
      }
      finish(app, original, req, res, error);
    });
  };
  app.handle = handle;
}

/** The final handler that Express would have used: its own `handle`, on an app of which only the router differs, and that ends at once. */
function finish(app: ExpressApp, original: ExpressApp['handle'], req: object, res: object, error: unknown): void {
  const router = { handle: (_req: object, _res: object, done: (error: unknown) => void) => done(error) };
  const last = Object.create(app, {
    _router: { value: router },
    router: { value: router },
    enabled: { value: () => false },
    request: { value: Object.getPrototypeOf(req) },
    response: { value: Object.getPrototypeOf(res) },
  });
  original.call(last, req, res);
}
