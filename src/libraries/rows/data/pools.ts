import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'dataloader',
    role: 'pool',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-dataloader',
        exports: 'DataloaderInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.16.1', '>=2.0.0 <3'], 'sdk-2': ['0.40.0', '>=2.0.0 <3'], 'sdk-3': ['0.41.0', '>=2.0.0 <3'] },
      },
    ],
  },
  {
    name: 'generic-pool',
    role: 'pool',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-generic-pool',
        exports: 'GenericPoolInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.43.1', '>=2.0.0 <4'], 'sdk-2': ['0.66.0', '>=2.0.0 <4'], 'sdk-3': ['0.67.0', '>=2.0.0 <4'] },
      },
    ],
  },
  {
    name: 'lru-memoizer',
    role: 'cache',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-lru-memoizer',
        exports: 'LruMemoizerInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.44.1', '>=1.3 <3'], 'sdk-2': ['0.67.0', '>=1.3 <4'], 'sdk-3': ['0.68.0', '>=1.3 <4'] },
      },
    ],
  },
  { name: 'piscina', role: 'pool', spans: [], dark: 'What its threads do is not joined to the request that gave them the work.' },
  { name: 'workerpool', role: 'pool', spans: [], dark: 'What its workers do is not joined to the request that gave them the work.' },
];
