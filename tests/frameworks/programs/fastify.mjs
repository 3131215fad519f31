import createFastify from 'fastify';

const fastify = createFastify({ logger: { level: 'info' } });
fastify.get('/plain', async () => 'plain');

async function routes(app) {
  app.get('/items/:id', async (request) => {
    request.log.info({ id: request.params.id }, 'looked up');
    return { id: request.params.id };
  });
  app.get('/fails/:id', async (request) => {
    throw new TypeError(`broken ${request.params.id}`);
  });
  app.get('/refuses/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } }, async () => 'fine');
  app.get('/slow/:id', () => new Promise(() => undefined));
}

fastify.register(async (outer) => outer.register(routes, { prefix: '/v1' }), { prefix: '/api' });
await fastify.listen({ port: 0, host: '127.0.0.1' });
console.log(`port ${fastify.server.address().port}`);
