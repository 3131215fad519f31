/*
steps:
  - GET /a
  - GET /b
*/
const http = require('http');

process.on('uncaughtException', (error, origin) => console.log(`${origin}: ${error.message}`));
const inner = http.createServer((req) => {
  throw new Error(`inner ${req.url}`);
});
const server = http.createServer((req, res) => {
  try {
    inner.emit('request', req, res);
  } catch (error) {
    res.end(error.message);
  }
  if (req.url === '/b') throw new Error('outer');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
