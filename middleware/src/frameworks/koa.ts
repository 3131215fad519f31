import { context } from '@opentelemetry/api';
import { pathOf } from '../declared';
import type { CoreSdk, Instrumentation, LayerHook } from '../otel';
import { recordError } from '../process/finish';
import { stateFor } from '../server/request';
import { watchAssignment } from './assignment';
import { whenLoaded } from './loaded';
import { noteHandled, type Reader, read, textOf } from './reader';
import { serviceRoute } from './request-notes';

export const KOA = '@opentelemetry/instrumentation-koa';

interface Context {
  readonly req?: object;
}

/**
 * The route is the longest path among the router layers that ran. The instrumentation takes what the router calls matched, its last fitting
 * layer: with `allowedMethods()` in a nested router that is the prefix of the router, whichever route answered.
 */
export function nameKoaRoutes(instrumentation: Instrumentation, core: CoreSdk): void {
  const { getConfig, setConfig } = instrumentation;
  if (getConfig === undefined || setConfig === undefined) return;
  const config = getConfig.call(instrumentation);
  const found = new WeakMap<object, string>();
  const requestHook: LayerHook = (span, layer) => {
    const rpc = core.getRPCMetadata(context.active());
    if (rpc !== undefined) {
      const path = layer.layerType === 'router' && span.attributes ? span.attributes['http.route'] : undefined;
      const route = longer(found.get(rpc), typeof path === 'string' ? mountOf(layer.context) + path : undefined);
      if (route !== undefined) {
        found.set(rpc, route);
        rpc.route = route;
      }
    }
    if (config.requestHook) config.requestHook(span, layer);
  };
  setConfig.call(instrumentation, { ...config, requestHook });
}

/** Sees each context of Koa, for applications that no instrumentation sees, and the errors that Koa itself answers. */
export function watchKoa(): void {
  whenLoaded('koa/lib/context.js', (prototype) => {
    if (typeof prototype !== 'object' || prototype === null) return;
    watchAssignment<Context>(prototype, 'req', (self, req) => noteHandled(req, self, reader));
    watchAssignment<Context>(prototype, '_matchedRoute', (self) => {
      const state = self.req && stateFor(self.req);
      if (state !== undefined) state.base = mountOf(self);
    });
    watchErrors(prototype);
  });
}

const reader: Reader<Context> = {
  route: (self, { rpc, base }) => {
    // The instrumentation sees which layers run.
    if (rpc !== undefined && rpc.route !== undefined) return rpc.route;
    const path = matchedPath(self);
    return path === undefined ? serviceRoute(read(self, 'hook')) : longer(undefined, base + path);
  },
  error: (self) => read(self, 'hook', 'error'),
};

/** Since 12 the router says whose turn it was; before, the first fitting layer for the method answered. */
function matchedPath(self: Context): string | undefined {
  const last = textOf(read(self, '_matchedRoute'));
  if (last === undefined || read(self, 'routerPath') === last) return last;
  const layers: unknown = read(self, 'matched');
  const method = read(self.req, 'method');
  const fitting = (Array.isArray(layers) ? layers : []).find((layer) => {
    const methods: unknown = read(layer, 'methods');
    return Array.isArray(methods) && methods.indexOf(method) >= 0;
  });
  return textOf(read(fitting, 'path')) || last;
}

/** The prefix that `koa-mount` took off the path, which cannot have parameters. A program that rewrites its paths has taken off values. */
function mountOf(self: unknown): string {
  const mount = textOf(read(self, 'mountPath'));
  if (mount === undefined) return '';
  const asked = textOf(read(self, 'originalUrl'));
  const left = textOf(read(self, 'path'));
  if (asked === undefined || left === undefined) return '';
  const path = pathOf(asked);
  const prefix = path.slice(0, path.length - left.length);
  // Mounted at what was asked for, or above it.
  const found = path !== left && prefix + left === path ? prefix : left === '/' ? path.replace(/\/$/, '') : '';
  return found.endsWith(mount.replace(/\/$/, '')) ? found : '';
}

/** The error that nobody in the application caught. */
function watchErrors(prototype: object): void {
  const original: unknown = Reflect.get(prototype, 'onerror');
  if (typeof original !== 'function' || original.name !== 'onerror') return;
  const onerror = function onerror(this: Context, error: unknown): unknown {
    try {
      const state = this.req && stateFor(this.req);
      if (state) recordError(state, error);
    } catch {
      // Telemetry never replaces the app's own error.
    }
    return Reflect.apply(original, this, [error]);
  };
  Object.defineProperty(prototype, 'onerror', { configurable: true, enumerable: true, writable: true, value: onerror });
}

/** Of two paths that one request ran through, the one with more segments; the later one of equals. */
function longer(known: string | undefined, path: string | undefined): string | undefined {
  if (path === undefined) return known;
  // A nested router writes its own root as `/posts/`.
  const route = path.replace(/(.)\/$/, '$1');
  return known === undefined || route.split('/').length >= known.split('/').length ? route : known;
}
