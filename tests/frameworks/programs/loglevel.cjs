const http = require('http');
const log = require('loglevel');

const server = http.createServer((req, res) => {
  if (req.url === '/plain') res.end('plain');
  else if (req.url.startsWith('/api/v1/items/')) {
    log.debug('looked up, but not written');
    log.warn('looked up');
    console.log('done');
    res.end('item');
  } else {
    res.statusCode = 404;
    res.end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
