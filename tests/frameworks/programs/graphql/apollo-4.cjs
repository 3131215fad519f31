const { ApolloServer } = require('@apollo/server');
const { expressMiddleware } = require('@as-integrations/express4');
const express = require('express');

const typeDefs = `
  type Book { id: ID title: String }
  type Query { book(id: ID): Book broken: String }
`;
const resolvers = {
  Query: {
    book: (_parent, { id }) => {
      console.log('looked up');
      return { id, title: 'Kim' };
    },
    broken() {
      throw new TypeError('broken 3');
    },
  },
};

async function main() {
  const app = express();
  const server = new ApolloServer({ typeDefs, resolvers });
  await server.start();
  app.use('/graphql', express.json(), expressMiddleware(server));
  const listening = app.listen(0, '127.0.0.1', () => console.log(`port ${listening.address().port}`));
}

main();
