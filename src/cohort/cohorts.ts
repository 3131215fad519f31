import type { CohortId } from '../contract/index.ts';

/** OpenTelemetry versions that fit together and run on the same Node.js versions. */
export interface Cohort {
  readonly id: CohortId;
  /** Node.js versions the whole set runs on. */
  readonly nodes: string;
  /** Versions of `@opentelemetry/api` the set accepts; a second copy makes spans vanish. */
  readonly api: string;
  /** TypeScript versions that can read the type declarations of the set. */
  readonly typescript: string;
  /** Exact versions of what the middleware needs in the program, equal to middleware/cohorts.json. */
  readonly core: Readonly<Record<string, string>>;
  /** What earlier versions of the middleware needed as well; an upgrade takes it away where nothing else loads it. */
  readonly retired: Readonly<Record<string, string>>;
  /** Exact versions of what hooks ES module imports; absent where Node.js cannot register a hook at run time. */
  readonly hook?: Readonly<Record<string, string>>;
}

/** Oldest first. A newer line is chosen only where every package of it declares the Node.js version. */
export const cohorts: readonly Cohort[] = [
  {
    id: 'sdk-1',
    nodes: '>=14',
    api: '>=1.9.0 <1.10.0',
    typescript: '>=4.4.4',
    core: {
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/core': '1.30.1',
      '@opentelemetry/exporter-logs-otlp-proto': '0.57.2',
      '@opentelemetry/exporter-trace-otlp-proto': '0.57.2',
      '@opentelemetry/resources': '1.30.1',
      '@opentelemetry/sdk-logs': '0.57.2',
      '@opentelemetry/sdk-trace-base': '1.30.1',
    },
    retired: { '@opentelemetry/instrumentation-http': '0.57.2', '@opentelemetry/instrumentation-undici': '0.10.1' },
  },
  {
    id: 'sdk-2',
    nodes: '^18.19.0 || >=20.6.0',
    api: '>=1.9.0 <1.10.0',
    typescript: '>=5.0.4',
    core: {
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/core': '2.12.0',
      '@opentelemetry/exporter-logs-otlp-proto': '0.223.0',
      '@opentelemetry/exporter-trace-otlp-proto': '0.223.0',
      '@opentelemetry/resources': '2.12.0',
      '@opentelemetry/sdk-logs': '0.223.0',
      '@opentelemetry/sdk-trace': '2.12.0',
    },
    retired: { '@opentelemetry/instrumentation-http': '0.223.0', '@opentelemetry/instrumentation-undici': '0.33.0' },
    hook: { '@opentelemetry/instrumentation': '0.223.0', 'import-in-the-middle': '3.6.0' },
  },
  {
    id: 'sdk-3',
    nodes: '>=22.15.0',
    api: '>=1.10.0 <1.11.0',
    typescript: '>=5.0.4',
    core: {
      '@opentelemetry/api': '1.10.0',
      '@opentelemetry/core': '3.0.0',
      '@opentelemetry/exporter-logs-otlp-proto': '0.300.0',
      '@opentelemetry/exporter-trace-otlp-proto': '0.300.0',
      '@opentelemetry/resources': '3.0.0',
      '@opentelemetry/sdk-logs': '3.0.0',
      '@opentelemetry/sdk-trace': '3.0.0',
    },
    retired: { '@opentelemetry/instrumentation-http': '0.300.0', '@opentelemetry/instrumentation-undici': '0.34.0' },
    hook: { '@opentelemetry/instrumentation': '0.300.0', 'import-in-the-middle': '3.6.0' },
  },
];
