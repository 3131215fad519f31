import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'knex',
    role: 'database',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-knex',
        exports: 'KnexInstrumentation',
        cohorts: { 'sdk-1': ['0.44.1', '>=0.10.0 <4'], 'sdk-2': ['0.67.0', '>=0.10.0 <4'], 'sdk-3': ['0.68.0', '>=0.10.0 <4'] },
      },
    ],
  },
];
