const express = require('express');
const { buildSchema } = require('graphql');
const { createHandler } = require('graphql-http/lib/use/express');

const schema = buildSchema('type Book { id: ID title: String } type Query { book(id: ID): Book broken: String }');
const rootValue = {
  book({ id }) {
    console.log('looked up');
    return { id, title: 'Kim' };
  },
  broken() {
    throw new TypeError('broken 3');
  },
};
const app = express();
app.all('/graphql', createHandler({ schema, rootValue }));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
