import Router from '@koa/router';
import Koa from 'koa';
import mount from 'koa-mount';

const app = new Koa();
const inner = new Koa();
const router = new Router();
router.get('/items/:id', (ctx) => {
  console.log('looked up');
  ctx.body = { id: ctx.params.id };
});
router.get('/fails/:id', (ctx) => {
  throw new TypeError(`broken ${ctx.params.id}`);
});
router.get('/refuses/:id', (ctx) => ctx.throw(400, 'wrong'));
router.get('/slow/:id', () => new Promise(() => undefined));
inner.use(router.routes());
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = error.status ?? 500;
    ctx.body = error.name;
  }
});
app.use(mount('/api', mount('/v1', inner)));
const root = new Router();
root.get('/plain', (ctx) => {
  ctx.body = 'plain';
});
app.use(root.routes());
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
