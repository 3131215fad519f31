/*
steps:
  - GET /inner/1
  - GET /outer
*/
const http = require('http');

const inner = http.createServer((req, res) => res.end(`inner ${req.url} ${inner.listening}`));
const server = http.createServer((req, res) => {
  if (req.url.startsWith('/inner')) console.log('handed on', inner.emit('request', req, res));
  else res.end('outer');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
