import express from 'express';
import pino from 'pino';
import { all } from './a.mjs';

const log = pino({ level: 'silent' });
const app = express();
app.get('/all', (_req, res) => {
  log.info('asked');
  res.json(all);
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
