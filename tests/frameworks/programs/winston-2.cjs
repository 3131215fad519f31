const http = require('http');
const winston = require('winston');

const log = new winston.Logger({
  transports: [new winston.transports.Console({ level: 'info' }), new winston.transports.File({ filename: 'out.log', level: 'error' })],
  rewriters: [(_level, _msg, meta) => ({ ...meta, card: meta.card && 'hidden' })],
});
const server = http.createServer((req, res) => {
  if (req.url === '/plain') res.end('plain');
  else if (req.url.startsWith('/api/v1/items/')) {
    log.debug('looked up, but not written');
    log.info('looked up', { card: '4111' });
    res.end('item');
  } else {
    res.statusCode = 404;
    res.end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
