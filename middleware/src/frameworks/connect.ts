import { pathOf } from '../declared';
import { recordError } from '../process/finish';
import { stateBehind } from '../server/request';
import { noteHandled, type Reader, read, textOf } from './reader';

type Handle = (this: object, req: object, res: object, out?: unknown) => unknown;

interface ConnectApp {
  handle: Handle;
  readonly stack: readonly { readonly route?: unknown }[];
}

const watched = new WeakSet<object>();

/** Routes of connect are the paths where something is mounted; a server hands its requests to the application itself. */
export function watchConnect(listener: unknown): void {
  if (!isConnect(listener) || watched.has(listener)) return;
  watched.add(listener);
  const original = listener.handle;
  const reader = readerOf(listener);
  listener.handle = function handle(this: object, req, res, out): unknown {
    noteHandled(req, req, reader);
    if (out !== undefined || stateBehind(req) === undefined) return original.call(this, req, res, out);
    return original.call(this, req, res, (error: unknown): void => {
      try {
        const state = stateBehind(req);
        if (state && error) recordError(state, error);
      } catch {
        // Telemetry never replaces the app's own error.
      }
      // The final handler that connect would have used: its own `handle`, on an application with one layer that passes the error on.
      const last = Object.create(this, {
        stack: { value: [{ route: '', handle: (_req: object, _res: object, next: Handle) => Reflect.apply(next, undefined, [error]) }] },
      });
      original.call(last, req, res);
    });
  };
}

/** What answers has the paths of its mounts taken off the URL, and a mount has no parameters; a program that rewrites its URL takes off values. */
function readerOf({ stack }: ConnectApp): Reader {
  return {
    route: (request) => {
      const path = mountOf(textOf(read(request, 'originalUrl')), textOf(read(request, 'url')));
      const isBelow = (route: unknown): boolean => {
        const base = textOf(route);
        return base !== undefined && base !== '' && `${path}/`.toLowerCase().indexOf(`${base.toLowerCase()}/`) === 0;
      };
      return path !== '' && stack.some(({ route }) => isBelow(route)) ? path : undefined;
    },
  };
}

function mountOf(asked: string | undefined, left: string | undefined): string {
  if (asked === undefined || left === undefined || asked === left) return '';
  const path = pathOf(asked);
  const rest = pathOf(left);
  if (path.endsWith(rest)) return path.slice(0, path.length - rest.length);
  return rest === '/' ? path : '';
}

function isConnect(value: unknown): value is ConnectApp {
  return (
    typeof value === 'function' &&
    Array.isArray(Reflect.get(value, 'stack')) &&
    typeof Reflect.get(value, 'route') === 'string' &&
    typeof Reflect.get(value, 'handle') === 'function' &&
    !('set' in value)
  );
}
