import { createServer } from 'node:http';
import pino from 'pino';
import { left } from './left.mjs';
import { order } from './order.mjs';

order.push('app');
const log = pino({ level: 'silent' });
const server = createServer((_req, res) => {
  log.info('asked');
  res.end(JSON.stringify({ order, left: left() }));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
