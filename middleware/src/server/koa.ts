import { context } from '@opentelemetry/api';
import type { CoreSdk, Instrumentation, LayerHook } from '../otel';

export const KOA = '@opentelemetry/instrumentation-koa';

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
      const route = longer(found.get(rpc), layer.layerType === 'router' && span.attributes ? span.attributes['http.route'] : undefined);
      if (route !== undefined) {
        found.set(rpc, route);
        rpc.route = route;
      }
    }
    if (config.requestHook) config.requestHook(span, layer);
  };
  setConfig.call(instrumentation, { ...config, requestHook });
}

/** Of two paths that one request ran through, the one with more segments; the later one of equals. */
function longer(known: string | undefined, path: unknown): string | undefined {
  if (typeof path !== 'string') return known;
  // A nested router writes its own root as `/posts/`.
  const route = path.replace(/(.)\/$/, '$1');
  return known === undefined || route.split('/').length >= known.split('/').length ? route : known;
}
