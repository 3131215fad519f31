import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'kafkajs',
    role: 'queue',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-kafkajs',
        exports: 'KafkaJsInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.7.1', '>=0.1.0 <3'], 'sdk-2': ['0.32.0', '>=0.3.0 <3'], 'sdk-3': ['0.33.0', '>=0.3.0 <3'] },
      },
    ],
  },
];
