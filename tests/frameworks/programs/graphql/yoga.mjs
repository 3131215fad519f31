import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';

const yoga = createYoga({
  schema: createSchema({
    typeDefs: 'type Book { id: ID title: String } type Query { book(id: ID): Book broken: String }',
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
  }),
});
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
