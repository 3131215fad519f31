import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'winston',
    role: 'logger',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-winston',
        exports: 'WinstonInstrumentation',
        cohorts: { 'sdk-1': ['0.44.1', '>=1 <4'], 'sdk-2': ['0.68.1', '>=1 <4'], 'sdk-3': ['0.69.0', '>=1 <4'] },
        needs: { 'sdk-1': { '@opentelemetry/winston-transport': '0.10.1' }, 'sdk-2': { '@opentelemetry/winston-transport': '0.33.0' } },
      },
    ],
  },
  { name: 'express-winston', role: 'logger', spans: [], over: ['winston'] },
  { name: 'nest-winston', role: 'logger', spans: [], over: ['winston'] },
];
