/*
steps:
  - GET /users/7
  - GET /fails
*/
import Koa from 'koa';
import Router from '@koa/router';

const app = new Koa();
const router = new Router();
router.get('/users/:id', (ctx) => {
  ctx.body = { id: ctx.params.id };
});
router.get('/fails', () => {
  throw new Error('broken');
});
app.on('error', (error) => console.log('reported', error.message));
app.use(router.routes());
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
