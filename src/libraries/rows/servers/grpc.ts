import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: '@grpc/grpc-js',
    role: 'rpc',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-grpc',
        exports: 'GrpcInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.57.2', '^1.0.0'], 'sdk-2': ['0.223.0', '^1.0.0'], 'sdk-3': ['0.300.0', '^1.0.0'] },
      },
    ],
  },
];
