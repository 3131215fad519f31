/*
steps:
  - request: HEAD /200
  - GET /204
  - request: GET /304
    headers: { If-None-Match: '"1"' }
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const status = Number(req.url.slice(1));
  res.statusCode = status;
  if (status === 304) res.setHeader('ETag', '"1"');
  res.end('not to be seen');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
