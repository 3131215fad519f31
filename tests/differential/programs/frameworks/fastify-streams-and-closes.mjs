/*
nodes: '>=18.19'
steps:
  - GET /stream
  - GET /raw
*/
import { Readable } from 'node:stream';
import Fastify from 'fastify';

const app = Fastify();
app.get('/stream', (request, reply) => reply.type('text/plain').send(Readable.from(['one', 'two'])));
app.get('/raw', (request, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { 'X-Raw': '1' });
  reply.raw.end('hijacked');
});
app.addHook('onClose', async () => console.log('closed'));
await app.listen({ port: 0, host: '127.0.0.1' });
console.log(app.server.listenerCount('request'), app.server.listenerCount('clientError'));
console.log(`port ${app.server.address().port}`);
