/*
steps:
  - GET /users/7
  - GET /fails
  - GET /missing
  - request: POST /echo
    headers: { Content-Type: application/json }
    body: '{"a":1}'
*/
const Hapi = require('@hapi/hapi');

(async () => {
  const server = Hapi.server({ port: 0, host: '127.0.0.1', debug: false });
  server.ext('onRequest', (request, h) => {
    request.app.seen = request.path;
    return h.continue;
  });
  server.ext('onPreResponse', (request, h) => {
    if (request.response.isBoom) request.response.output.headers['x-boom'] = request.response.message;
    else request.response.header('x-seen', request.app.seen);
    return h.continue;
  });
  server.route({ method: 'GET', path: '/users/{id}', handler: (request) => ({ id: request.params.id }) });
  server.route({ method: 'GET', path: '/fails', handler: () => { throw new Error('broken'); } });
  server.route({ method: 'POST', path: '/echo', handler: (request, h) => h.response(request.payload).code(201) });
  server.events.on({ name: 'request', channels: 'error' }, (request, event) => console.log('event', event.error.message));
  await server.start();
  console.log(`port ${server.info.port}`);
})();
