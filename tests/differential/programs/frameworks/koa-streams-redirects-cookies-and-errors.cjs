/*
steps:
  - GET /stream
  - GET /redirect
  - GET /cookie
  - GET /throw
  - GET /missing
  - request: HEAD /stream
*/
const Koa = require('koa');
const { Readable } = require('stream');

const app = new Koa({ proxy: true });
app.silent = true;
app.use(async (ctx, next) => {
  const order = ['before'];
  await next();
  order.push('after');
  ctx.set('X-Order', order.join());
});
app.use(async (ctx) => {
  if (ctx.path === '/stream') ctx.body = Readable.from(['a', 'b', 'c']);
  else if (ctx.path === '/redirect') ctx.redirect('/elsewhere');
  else if (ctx.path === '/cookie') {
    ctx.cookies.set('name', 'value', { httpOnly: true });
    ctx.status = 204;
  } else if (ctx.path === '/throw') ctx.throw(418, 'teapot', { expose: true });
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
console.log(app.callback.name, app.listenerCount('error'), app.middleware.length);
