const fastify = require('fastify');
const mercurius = require('mercurius');

const app = fastify();
app.register(mercurius, {
  jit: 1,
  schema: 'type Book { id: ID title: String } type Query { book(id: ID): Book broken: String }',
  resolvers: {
    Query: {
      book: (_parent, { id }) => {
        console.log('looked up');
        return { id, title: 'Kim' };
      },
      broken() {
        throw new TypeError('broken 3');
      },
    },
  },
});
app.listen({ port: 0, host: '127.0.0.1' }).then(() => console.log(`port ${app.server.address().port}`));
