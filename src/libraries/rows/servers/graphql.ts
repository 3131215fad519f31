import type { Library } from '../../library.ts';

/** Servers of GraphQL that run operations through graphql, so that its instrumentation sees them. */
const over = (name: string, more: Partial<Library> = {}): Library => ({ name, role: 'graphql', spans: [], over: ['graphql'], ...more });

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
      { by: 'middleware', versions: '>=17 <18', bundled: true },
    ],
    publishes: { versions: '>=17', names: ['tracing:graphql:execute', 'tracing:graphql:validate'] },
  },
  over('@apollo/server'),
  over('apollo-server'),
  over('apollo-server-express'),
  over('express-graphql'),
  over('graphql-http'),
  over('mercurius', { loads: ['graphql'] }),
  {
    name: 'graphql-yoga',
    role: 'graphql',
    spans: [{ by: 'middleware', versions: '>=3 <6' }],
    variables: ['yoga'],
  },
];
