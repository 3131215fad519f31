import { createServer } from 'node:http';
import pino from 'pino';
import { calls, connect, db, last, remember, touch } from './db.mjs';
import * as store from './db.mjs';

const log = pino({ level: 'silent' });
await connect();

const server = createServer((req, res) => {
  const id = req.url.split('/')[2];
  touch();
  log.info('asked');
  res.end(JSON.stringify({ item: db ? db.find(id) : 'no db', calls, last, seen: [store.calls, store.last, Object.keys(store)] }));
  remember(id);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
