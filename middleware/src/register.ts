import './process/loaded-before';
import { noteBootstrap } from './process/bootstrap-file';
import { requiredBy } from './process/required-by';
import { start } from './process/start';
import { currentRuntime } from './runtime';

noteBootstrap(requiredBy(module));

/** Options of `register`. Everything else comes from the standard OTEL_* variables. */
export interface RegisterOptions {
  /** Used unless OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES names the service. */
  serviceName: string;
  serviceVersion?: string;
  /** Library instrumentations to add to http, https and fetch. */
  instrumentations?: unknown[];
}

/** Starts OpenTelemetry once per process, with http, https and fetch instrumented. Call it before anything else is loaded. */
export function register(options: RegisterOptions): void {
  try {
    start(options);
  } catch (error) {
    process.stderr.write(
      `tracewright: not started, the program runs without telemetry: ${error instanceof Error ? error.message : error}\n`,
    );
  }
}

/** Sends everything that is buffered, within two seconds. Never rejects. */
export async function shutdown(): Promise<void> {
  const runtime = currentRuntime();
  if (runtime) await runtime.stop('shutdown');
}
