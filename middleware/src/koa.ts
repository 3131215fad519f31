import { context } from '@opentelemetry/api';
import type { CoreSdk, Instrumentation, LayerHook } from './otel';

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
    const path = layer.layerType === 'router' && span.attributes ? span.attributes['http.route'] : undefined;
    if (rpc !== undefined) {
      const known = found.get(rpc);
      if (typeof path === 'string' && (known === undefined || segments(path) >= segments(known))) found.set(rpc, path);
      rpc.route = found.get(rpc) || rpc.route;
    }
    if (config.requestHook) config.requestHook(span, layer);
  };
  setConfig.call(instrumentation, { ...config, requestHook });
}

function segments(path: string): number {
  return path.split('/').length;
}
