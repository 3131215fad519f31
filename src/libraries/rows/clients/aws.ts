import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: '@aws-sdk/*',
    role: 'cloud',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-aws-sdk',
        exports: 'AwsInstrumentation',
        cohorts: { 'sdk-1': ['0.49.1', '^3.1.0'], 'sdk-2': ['0.78.0', '^3.1.0'], 'sdk-3': ['0.79.0', '^3.1.0'] },
      },
    ],
  },
  {
    name: 'aws-sdk',
    role: 'cloud',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-aws-sdk',
        exports: 'AwsInstrumentation',
        cohorts: { 'sdk-1': ['0.49.1', '^2.308.0'] },
      },
      { by: 'transport', over: 'http', members: [] },
    ],
  },
];
