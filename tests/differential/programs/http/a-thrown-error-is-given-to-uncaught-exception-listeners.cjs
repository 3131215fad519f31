/*
steps:
  - GET /throws
  - GET /fine
*/
const http = require('http');

process.on('uncaughtException', (error, origin) => {
  console.log(origin, error.message, error.response !== undefined);
  error.response.writeHead(500).end('handled');
});
const server = http.createServer((req, res) => {
  if (req.url === '/throws') throw Object.assign(new Error('thrown'), { response: res });
  res.end('fine');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
