/*
nodes: '>=18.19'
steps:
  - GET /from/factory
*/
const http = require('http');
const fastify = require('fastify');

let given;
const app = fastify({
  serverFactory: (handler) => {
    given = handler;
    return http.createServer((req, res) => handler(req, res));
  },
});
app.get('/from/:where', async (request) => request.params);
app.listen({ port: 0, host: '127.0.0.1' }, () => {
  console.log(typeof given, given.length, app.server.listenerCount('request'));
  console.log(`port ${app.server.address().port}`);
});
