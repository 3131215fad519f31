import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'tedious',
    role: 'database',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-tedious',
        exports: 'TediousInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.18.1', '>=1.11.0 <20'], 'sdk-2': ['0.42.0', '>=1.11.0 <21'], 'sdk-3': ['0.43.0', '>=1.11.0 <21'] },
      },
    ],
  },
  { name: 'mssql', role: 'database', spans: [], loads: ['tedious'], over: ['tedious'] },
];
