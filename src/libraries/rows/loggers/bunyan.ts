import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'bunyan',
    role: 'logger',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-bunyan',
        exports: 'BunyanInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.45.1', '>=1.0.0 <2'], 'sdk-2': ['0.68.0', '>=1.0.0 <2'], 'sdk-3': ['0.69.0', '>=1.0.0 <2'] },
      },
      { by: 'middleware', versions: '>=2 <3' },
    ],
  },
];
