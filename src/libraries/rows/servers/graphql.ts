import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'graphql',
    role: 'graphql',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-graphql',
        exports: 'GraphQLInstrumentation',
        cohorts: { 'sdk-1': ['0.47.1', '>=14.0.0 <17'], 'sdk-2': ['0.71.0', '>=14.0.0 <17'], 'sdk-3': ['0.72.0', '>=14.0.0 <17'] },
      },
    ],
  },
  { name: 'graphql-yoga', role: 'graphql', spans: [], variables: ['yoga'] },
];
