import { setTimeout } from 'node:timers/promises';
import express from 'express';
import { Fault, type State, sendError, sendNotFound } from 'the-service-shared';

/** What there is; `slow` takes its time, for the tests. */
const articles = new Set(['tea', 'slow']);

/** The app and its routes. */
export function createApp(state: State): express.Express {
  const app = express();
  app.disable('x-powered-by');

  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });

  app.get('/ready', (_request, response) => {
    response.status(state.ready ? 200 : 503).json({ ready: state.ready });
  });

  app.get('/stock/:sku', async (request, response) => {
    const { sku } = request.params;
    if (sku === 'slow') await setTimeout(1_000);
    if (!articles.has(sku)) throw new Fault(404, 'not_found', 'There is no such article');
    response.json({ sku, available: true });
  });

  app.use(sendNotFound);
  app.use(sendError);
  return app;
}
