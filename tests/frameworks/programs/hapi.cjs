const Hapi = require('@hapi/hapi');
const Boom = require('@hapi/boom');

const items = {
  name: 'items',
  register: (server) => {
    server.route([
      {
        method: 'GET',
        path: '/items/{id}',
        handler: (request) => {
          console.log('looked up');
          return { id: request.params.id };
        },
      },
      {
        method: 'GET',
        path: '/fails/{id}',
        handler: (request) => {
          throw new TypeError(`broken ${request.params.id}`);
        },
      },
      { method: 'GET', path: '/refuses/{id}', handler: () => Boom.badRequest('wrong') },
      { method: 'GET', path: '/caught/{id}', handler: (request) => Boom.badImplementation(`caught ${request.params.id}`) },
      { method: 'GET', path: '/slow/{id}', handler: () => new Promise(() => undefined) },
    ]);
  },
};

async function start() {
  const server = Hapi.server({ port: 0, host: '127.0.0.1', debug: false });
  server.route({ method: 'GET', path: '/plain', handler: () => 'plain' });
  await server.register(items, { routes: { prefix: '/api/v1' } });
  await server.start();
  console.log(`port ${server.info.port}`);
}
start();
