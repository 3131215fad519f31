const http = require('http');
const log4js = require('log4js');

log4js.configure({ appenders: { out: { type: 'console' } }, categories: { default: { appenders: ['out'], level: 'info' } } });
const log = log4js.getLogger('items');
const server = http.createServer((req, res) => {
  if (req.url === '/plain') res.end('plain');
  else if (req.url.startsWith('/api/v1/items/')) {
    log.debug('looked up, but not written');
    log.info('looked up');
    res.end('item');
  } else {
    res.statusCode = 404;
    res.end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
