const Glue = require('@hapi/glue');

const items = {
  name: 'items',
  register: (server) => {
    server.route({
      method: 'GET',
      path: '/items/{id}',
      handler: (request) => {
        request.logger.info('looked up');
        return { id: request.params.id };
      },
    });
    server.route({
      method: 'GET',
      path: '/fails/{id}',
      handler: async (request) => {
        throw new TypeError(`broken ${request.params.id}`);
      },
    });
  },
};
const plain = { name: 'plain', register: (server) => server.route({ method: 'GET', path: '/plain', handler: () => 'plain' }) };
const manifest = {
  server: { port: 0, host: '127.0.0.1' },
  register: {
    plugins: [
      plain,
      { plugin: items, routes: { prefix: '/api/v1' } },
      { plugin: require('hapi-pino'), options: { redact: ['req.headers'] } },
    ],
  },
};
Glue.compose(manifest).then(async (server) => {
  await server.start();
  console.log(`port ${server.info.port}`);
});
