import { createServer } from 'node:http';
import pino from 'pino';
import legacy, { four } from './legacy.cjs';
import shape, * as all from './shape.mjs';
import { Three } from './more.mjs';

const log = pino({ level: 'silent' });
const again = await import('./shape.mjs');
const server = createServer((_req, res) => {
  log.info('asked');
  const facts = [
    all.default === shape,
    again === all,
    all.one === all.uno,
    all.Three === Three,
    all.more.Three === Three,
    legacy.self() === legacy,
    four,
    Object.keys(all).join(),
    Object.isSealed(all),
    shape.name,
    `${all[Symbol.toStringTag]}`,
  ];
  res.end(JSON.stringify(facts));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
