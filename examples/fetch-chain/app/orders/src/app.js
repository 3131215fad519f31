import express from 'express';
import orders from './routes.js';

export function createApp() {
  const app = express();

  app.use(express.json());
  app.get('/health', (req, res) => res.json({ status: 'ok' }));
  app.use('/orders', orders);

  app.use((error, req, res, next) => {
    console.error(error.message);
    res.status(error.status || 500).json({ error: error.message });
  });

  return app;
}
