const http = require('http');
const createDebug = require('debug');

createDebug.enable('items');
const log = createDebug('items');
const server = http.createServer((req, res) => {
  if (req.url === '/plain') res.end('plain');
  else if (req.url.startsWith('/api/v1/items/')) {
    createDebug('other')('looked up, but not written');
    log('looked up');
    res.end('item');
  } else {
    res.statusCode = 404;
    res.end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
