export type CohortId = 'sdk-1' | 'sdk-2' | 'sdk-3';

/** OpenTelemetry versions that fit together and run on the same Node.js versions. */
export interface Cohort {
  readonly id: CohortId;
  /** Node.js versions the whole set runs on. */
  readonly nodes: string;
  /** Exact versions of what the middleware needs in the program, equal to middleware/cohorts.json. */
  readonly core: Readonly<Record<string, string>>;
}

/** Oldest first. A newer line is chosen only where every package of it declares the Node.js version. */
export const cohorts: readonly Cohort[] = [
  {
    id: 'sdk-1',
    nodes: '>=14',
    core: {
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/sdk-node': '0.57.2',
    },
  },
  {
    id: 'sdk-2',
    nodes: '^18.19.0 || >=20.6.0',
    core: {
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/sdk-node': '0.223.0',
    },
  },
  {
    id: 'sdk-3',
    nodes: '>=22.15.0',
    core: {
      '@opentelemetry/api': '1.10.0',
      '@opentelemetry/sdk-node': '0.300.0',
    },
  },
];
