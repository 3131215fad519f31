import { createServer } from 'node:http';
import pino from 'pino';
import whole from './index.cjs';

const log = pino({ level: 'silent' });
const server = createServer((_req, res) => {
  log.info('asked');
  const Only = whole.default ?? whole;
  res.end(`${whole.name} ${new Only().say()}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
