import express, { type Express } from 'express';
import { PriceClient } from './clients/price.client';
import { Config } from './config';
import { createPriceRouter } from './controllers/price.controller';
import { QuoteController } from './controllers/quote.controller';
import { errorHandler, notFound } from './middleware/error-handler';
import { QuoteService } from './services/quote.service';

export function createApp(config: Config): Express {
  const quotes = new QuoteController(new QuoteService(new PriceClient(config.pricesUrl, config.timeout)));
  const app: Express = express();

  app.use(express.json());

  app.get('/healthz', (_req, res) => {
    res.send('OK');
  });

  app.use('/v1/quotes', quotes.router);
  app.use('/internal/prices', createPriceRouter());

  app.use(notFound);
  app.use(errorHandler);

  return app;
}
