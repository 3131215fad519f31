import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'cassandra-driver',
    role: 'database',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-cassandra-driver',
        exports: 'CassandraDriverInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.45.1', '>=4.4.0 <5'], 'sdk-2': ['0.68.0', '>=4.4.0 <5'], 'sdk-3': ['0.69.0', '>=4.4.0 <5'] },
      },
    ],
  },
];
