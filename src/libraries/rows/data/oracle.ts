import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'oracledb',
    role: 'database',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-oracledb',
        exports: 'OracleInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-2': ['0.48.0', '>=6.7 <8'], 'sdk-3': ['0.49.0', '>=6.7 <8'] },
      },
    ],
  },
];
