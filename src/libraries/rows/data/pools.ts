import type { Library } from '../../library.ts';

const apart = 'What its threads and processes do is not joined to the request that gave them the work.';

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
  { name: 'jest-worker', role: 'pool', spans: [{ by: 'middleware', versions: '>=27 <31' }], dark: apart },
  { name: 'piscina', role: 'pool', spans: [{ by: 'middleware', versions: '>=4 <6' }], dark: apart },
  { name: 'tinypool', role: 'pool', spans: [], dark: apart },
  { name: 'workerpool', role: 'pool', spans: [{ by: 'middleware', versions: '>=6 <11' }], dark: apart },
];
