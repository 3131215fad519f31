import type { CoreSdk, Instrumentation } from '../otel';
import { GRAPHQL, nameOperations } from './graphql/instrumentation';
import { clientsOnly, GRPC } from './grpc-clients';
import { KOA, nameKoaRoutes } from './koa';

/** What official instrumentations leave out, or do where our own SERVER spans are. */
export function adapt(instrumentation: Instrumentation, core: CoreSdk, hasServers: boolean): void {
  const { instrumentationName } = instrumentation;
  if (instrumentationName === KOA) nameKoaRoutes(instrumentation, core);
  if (instrumentationName === GRAPHQL) nameOperations(instrumentation);
  if (instrumentationName === GRPC && hasServers) clientsOnly(instrumentation);
}
