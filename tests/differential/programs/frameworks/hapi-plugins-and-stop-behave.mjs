/*
steps:
  - GET /plugin/a
*/
import Hapi from '@hapi/hapi';

const plugin = {
  name: 'own',
  register: async (server, options) => {
    server.decorate('toolkit', 'shout', function shout(text) {
      return this.response(String(text).toUpperCase());
    });
    server.route({ method: 'GET', path: `${options.prefix}/{part*}`, handler: (request, h) => h.shout(request.params.part) });
  },
};
const server = Hapi.server({ port: 0, host: '127.0.0.1' });
await server.register({ plugin, options: { prefix: '/plugin' } });
server.ext('onPostStop', () => console.log('stopped'));
await server.start();
console.log(server.registrations.own.name, server.table().length);
console.log(`port ${server.info.port}`);
process.on('SIGTERM', async () => {
  await server.stop({ timeout: 100 });
  process.exit(0);
});
