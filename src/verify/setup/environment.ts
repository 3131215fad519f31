import type { ServiceSetup } from './setup.ts';

/** What `npm run` adds, and telemetry settings of whoever calls us, must not reach the program. */
const foreign = /^(npm_|OTEL_|INIT_CWD$|TRACEWRIGHT_|VITEST|TRACEPARENT$)/;

/** Settings that make a program send everything here, soon. */
function telemetry(receiverUrl: string | undefined): Record<string, string> {
  if (receiverUrl === undefined) return { OTEL_SDK_DISABLED: 'true' };
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiverUrl,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_TRACES_SAMPLER: 'parentbased_always_on',
    OTEL_BSP_SCHEDULE_DELAY: '200',
    OTEL_BLRP_SCHEDULE_DELAY: '200',
  };
}

/** Fills `${services.stock.url}` and `${services.stock.port}`. */
function fill(value: string, ports: ReadonlyMap<string, number>): string {
  return value.replace(/\$\{services\.(.+?)\.(url|port)\}/g, (whole: string, name: string, what: string) => {
    const port = ports.get(name);
    if (port === undefined) return whole;
    return what === 'port' ? String(port) : `http://127.0.0.1:${port}`;
  });
}

/** The environment of one program: the caller's, without leftovers, with telemetry, PORT and the service's own values last. */
export function programEnvironment(
  service: ServiceSetup,
  ports: ReadonlyMap<string, number>,
  receiverUrl: string | undefined,
  base: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const port = ports.get(service.name);
  const kept = Object.entries(base).filter((pair): pair is [string, string] => pair[1] !== undefined && !foreign.test(pair[0]));
  const own = Object.entries(service.env).map(([key, value]) => [key, fill(value, ports)]);
  return {
    ...Object.fromEntries(kept),
    // The banner of `npm start` repeats the command, which a migration may change.
    npm_config_loglevel: 'silent',
    ...telemetry(receiverUrl),
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...Object.fromEntries(own),
  };
}

/** Resource attribute that tells the programs of one run apart: two of one package have the same service.name. */
export const programAttribute = 'tracewright.program';

/** The environment with the name of the program in it; processes that the program starts inherit it. */
export function withProgramName(env: Readonly<Record<string, string>>, name: string): Record<string, string> {
  const stated = env['OTEL_RESOURCE_ATTRIBUTES'];
  const own = `${programAttribute}=${encodeURIComponent(name)}`;
  return { ...env, OTEL_RESOURCE_ATTRIBUTES: stated ? `${stated},${own}` : own };
}
