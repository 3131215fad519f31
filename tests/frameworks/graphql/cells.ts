import type { Cell } from '../cells.ts';

const cell = (id: string, framework: string, program: string, packages: Record<string, string>): Cell => ({
  id: `graphql-${id}`,
  framework,
  program: `graphql/${program}`,
  packages,
});

export const graphqlCells: readonly Cell[] = [
  cell('apollo-2', 'Apollo Server 2 on Express', 'apollo-2.cjs', { 'apollo-server-express': '2', express: '4', graphql: '15' }),
  cell('apollo-3', 'Apollo Server 3 on Express', 'apollo-2.cjs', { 'apollo-server-express': '3', express: '4', graphql: '16' }),
  cell('apollo-4', 'Apollo Server 4 on Express', 'apollo-4.cjs', {
    '@apollo/server': '4',
    '@as-integrations/express4': '1',
    express: '4',
    graphql: '16',
  }),
  cell('apollo-5', 'Apollo Server 5 on Express, ES modules', 'apollo-5.mjs', {
    '@apollo/server': '5',
    '@as-integrations/express5': '1',
    express: '5',
    graphql: '16',
  }),
  cell('yoga-5', 'GraphQL Yoga 5', 'yoga.cjs', { 'graphql-yoga': '5', graphql: '16' }),
  cell('yoga-5-esm', 'GraphQL Yoga 5, ES modules', 'yoga.mjs', { 'graphql-yoga': '5', graphql: '16' }),
  cell('yoga-5-express', 'GraphQL Yoga 5 on Express', 'yoga-express.cjs', { 'graphql-yoga': '5', express: '4', graphql: '16' }),
  cell('mercurius', 'Mercurius 16, compiling', 'mercurius.cjs', { fastify: '5', graphql: '16', mercurius: '16' }),
  cell('http', 'graphql-http on Express', 'graphql-http.cjs', { express: '4', graphql: '16', 'graphql-http': '1' }),
  cell('http-17', 'graphql-http on Express, graphql 17', 'graphql-http.cjs', { express: '5', graphql: '17', 'graphql-http': '1' }),
  cell('express', 'express-graphql', 'express-graphql.cjs', { express: '4', 'express-graphql': '0', graphql: '15' }),
];
