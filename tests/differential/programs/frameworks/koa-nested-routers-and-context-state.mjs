/*
steps:
  - GET /api/v1/items/3
  - GET /api/v1/unknown
  - request: OPTIONS /api/v1/items/3
*/
import Router from '@koa/router';
import Koa from 'koa';

const items = new Router({ prefix: '/items' });
items.get('/:id', async (ctx) => {
  ctx.body = { id: ctx.params.id, matched: ctx._matchedRoute ?? ctx.routerPath ?? null };
});
const api = new Router({ prefix: '/api/v1' });
api.use(items.routes(), items.allowedMethods());
const app = new Koa();
app.use(api.routes()).use(api.allowedMethods());
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
