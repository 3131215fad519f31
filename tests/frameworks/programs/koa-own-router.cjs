const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const root = new Router();
const api = new Router({ prefix: '/v1' });
root.get('/plain', (ctx) => {
  ctx.body = 'plain';
});
api.get('/items/:id', (ctx) => {
  console.log('looked up');
  ctx.body = { id: ctx.params.id };
});
api.get('/fails/:id', (ctx) => {
  throw new TypeError(`broken ${ctx.params.id}`);
});
api.get('/refuses/:id', (ctx) => ctx.throw(400, 'wrong'));
api.get('/caught/:id', async (ctx) => {
  try {
    await Promise.reject(new RangeError(`caught ${ctx.params.id}`));
  } catch (error) {
    ctx.status = 500;
    ctx.body = error.name;
  }
});
api.get('/slow/:id', () => new Promise(() => undefined));
root.use('/api', api.routes(), api.allowedMethods());
app.use(root.routes());
app.on('error', () => undefined);
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
