import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const api = new Hono();
api.get('/items/:id', (c) => {
  console.log('looked up');
  return c.json({ id: c.req.param('id') });
});
api.get('/fails/:id', (c) => {
  throw new TypeError(`broken ${c.req.param('id')}`);
});
api.get('/refuses/:id', (c) => c.text('wrong', 400));
api.get('/slow/:id', () => new Promise(() => undefined));
const app = new Hono();
app.get('/plain', (c) => c.text('plain'));
app.route('/api/v1', api);
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => console.log(`port ${info.port}`));
