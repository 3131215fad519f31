import { H3, HTTPError, serve } from 'h3';

const api = new H3()
  .get('/items/:id', (event) => {
    console.log('looked up');
    return { id: event.context.params.id };
  })
  .get('/fails/:id', (event) => {
    throw new TypeError(`broken ${event.context.params.id}`);
  })
  .get('/refuses/:id', () => {
    throw new HTTPError('wrong', { status: 400 });
  })
  .get('/slow/:id', () => new Promise(() => undefined));
const app = new H3();
app.get('/plain', () => 'plain');
app.mount('/api/v1', api);
const server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true });
await server.ready();
console.log(`port ${new URL(server.url).port}`);
