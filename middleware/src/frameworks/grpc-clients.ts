import type { Instrumentation } from '../otel';

export const GRPC = '@opentelemetry/instrumentation-grpc';

interface GrpcInstrumentation extends Instrumentation {
  _patchServer?: () => (original: unknown) => unknown;
}

/**
 * Its CLIENT spans stay. Calls that come in are traced from their HTTP/2 streams: its own SERVER spans never end when a handler throws or the
 * client goes away, and do not fail when an error has no code.
 */
export function clientsOnly(instrumentation: GrpcInstrumentation): void {
  if (typeof instrumentation._patchServer === 'function') instrumentation._patchServer = () => (original) => original;
}
