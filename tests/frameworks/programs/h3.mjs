import { createServer } from 'node:http';
import { createApp, createError, createRouter, eventHandler, getRouterParam, toNodeListener, useBase } from 'h3';

const api = createRouter()
  .get(
    '/items/:id',
    eventHandler((event) => {
      console.log('looked up');
      return { id: getRouterParam(event, 'id') };
    }),
  )
  .get(
    '/fails/:id',
    eventHandler((event) => {
      throw new TypeError(`broken ${getRouterParam(event, 'id')}`);
    }),
  )
  .get(
    '/refuses/:id',
    eventHandler(() => {
      throw createError({ statusCode: 400, statusMessage: 'wrong' });
    }),
  )
  .get(
    '/slow/:id',
    eventHandler(() => new Promise(() => undefined)),
  );
const app = createApp();
const router = createRouter().get(
  '/plain',
  eventHandler(() => 'plain'),
);
router.use('/api/v1/**', useBase('/api/v1', api.handler));
app.use(router);
const server = createServer(toNodeListener(app)).listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
