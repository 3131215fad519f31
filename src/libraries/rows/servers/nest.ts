import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: '@nestjs/core',
    role: 'server',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-nestjs-core',
        exports: 'NestInstrumentation',
        cohorts: { 'sdk-1': ['0.44.1', '>=4.0.0 <11'], 'sdk-2': ['0.70.0', '>=4.0.0 <12'], 'sdk-3': ['0.71.0', '>=4.0.0 <12'] },
      },
    ],
    variables: ['nest', 'nestApp'],
  },
];
