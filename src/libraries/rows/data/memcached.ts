import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'memcached',
    role: 'cache',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-memcached',
        exports: 'MemcachedInstrumentation',
        esm: 'never',
        cohorts: { 'sdk-1': ['0.43.1', '>=2.2.0 <3'], 'sdk-2': ['0.66.0', '>=2.2.0 <3'], 'sdk-3': ['0.67.0', '>=2.2.0 <3'] },
      },
    ],
  },
  { name: 'memjs', role: 'cache', spans: [] },
];
