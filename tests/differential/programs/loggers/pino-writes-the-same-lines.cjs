/*
nodes: '>=18.19'
steps:
  - GET /log
  - stdout: '"msg":"logged"'
*/
const http = require('http');
const pino = require('pino');

const logger = pino({ base: null, timestamp: false, redact: ['secret'] });
const server = http.createServer((req, res) => {
  logger.info({ url: req.url, secret: 'hidden' }, 'request %s', req.method);
  logger.child({ part: 'child' }).error(new Error('logged').message);
  res.end('ok');
});
logger.level = 'debug';
logger.debug('before listening');
// Pino writes in its own time: what it was given is written before the port is said.
setTimeout(() => server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`)), 200);
