import express from 'express';
import { log, type State, sendError, sendNotFound } from 'the-service-shared';
import { askStock } from './stock.js';

/** The app and its routes. */
export function createApp(stockUrl: string, state: State): express.Express {
  const app = express();
  app.disable('x-powered-by');

  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });

  app.get('/ready', (_request, response) => {
    response.status(state.ready ? 200 : 503).json({ ready: state.ready });
  });

  app.get('/orders/:sku', async (request, response) => {
    const { sku } = request.params;
    const available = await askStock(stockUrl, sku);
    log('info', 'order looked up', { sku, available });
    response.json({ sku, available });
  });

  app.use(sendNotFound);
  app.use(sendError);
  return app;
}
