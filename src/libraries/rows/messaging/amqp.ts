import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'amqplib',
    role: 'queue',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-amqplib',
        exports: 'AmqplibInstrumentation',
        cohorts: { 'sdk-1': ['0.46.1', '>=0.5.5 <1'], 'sdk-2': ['0.70.0', '>=0.5.5 <3'], 'sdk-3': ['0.71.0', '>=0.5.5 <3'] },
      },
    ],
  },
];
