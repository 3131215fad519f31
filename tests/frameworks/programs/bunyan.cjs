const http = require('http');
const bunyan = require('bunyan');

const log = bunyan.createLogger({ name: 'items', serializers: { card: () => 'hidden' } });
const server = http.createServer((req, res) => {
  if (req.url === '/plain') res.end('plain');
  else if (req.url.startsWith('/api/v1/items/')) {
    log.debug('looked up, but not written');
    log.info({ card: '4111' }, 'looked up');
    res.end('item');
  } else {
    res.statusCode = 404;
    res.end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
