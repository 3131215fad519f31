const express = require('express');
const { ApolloServer } = require('apollo-server-express');
const typeDefs = require('./schema');
const resolvers = require('./resolvers');
const Reviews = require('./reviews');

async function start() {
  const server = new ApolloServer({
    typeDefs,
    resolvers,
    context: ({ req }) => ({ user: req.headers['x-user'] || null }),
    dataSources: () => ({ reviews: new Reviews() }),
    formatError: (error) => {
      if (!error.extensions || error.extensions.code === 'INTERNAL_SERVER_ERROR') return new Error('Something went wrong');
      return error;
    },
  });
  await server.start();

  const app = express();
  app.get('/healthz', (req, res) => res.send('ok'));
  server.applyMiddleware({ app, path: '/graphql' });

  const port = process.env.PORT || 4000;
  app.listen(port, '127.0.0.1', () => console.log(`reviews on ${port}${server.graphqlPath}`));
}

start().catch((error) => {
  console.error(error);
  process.exit(1);
});
