/*
ends: itself
steps:
  - GET /throws
*/
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url === '/throws') throw new RangeError('not caught');
  res.end();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
