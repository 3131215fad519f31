import '../instrumentation.mjs';
import { portOf, readSettings, serve, urlOf } from 'the-service-shared';
import { createApp } from './app.js';

const { port, stockUrl } = readSettings((faults) => ({
  port: portOf(process.env['PORT'] ?? '3000', faults),
  stockUrl: urlOf('STOCK_URL', process.env['STOCK_URL'] ?? 'http://127.0.0.1:3001', faults),
}));
const state = { ready: true };
serve(createApp(stockUrl, state), port, state);
