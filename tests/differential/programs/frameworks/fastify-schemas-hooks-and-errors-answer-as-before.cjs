/*
nodes: '>=18.19'
steps:
  - GET /users/7
  - GET /users/x
  - request: POST /users
    headers: { Content-Type: application/json }
    body: '{"name":"n"}'
  - request: POST /users
    headers: { Content-Type: application/json }
    body: '{bad'
  - GET /fails
  - GET /missing
*/
const fastify = require('fastify');

const app = fastify({ logger: false });
app.addHook('onRequest', async (request, reply) => {
  reply.header('x-hook', 'onRequest');
});
app.addHook('onSend', async (request, reply, payload) => {
  reply.header('x-route', String(request.routeOptions.url));
  return payload;
});
app.get('/users/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } }, async (request) => ({ id: request.params.id }));
app.post('/users', async (request, reply) => {
  reply.code(201);
  return request.body;
});
app.get('/fails', async () => {
  throw new Error('broken');
});
app.listen({ port: 0, host: '127.0.0.1' }).then(() => console.log(`port ${app.server.address().port}`));
