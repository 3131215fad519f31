/*
ends: itself
untraced: no request comes over a socket
*/
const fastify = require('fastify');

const app = fastify();
app.get('/hello', async (request) => ({ ip: request.ip, url: request.url }));
app.inject('/hello').then((response) => {
  console.log(response.statusCode, response.payload, response.headers['content-type']);
  return app.close();
});
