/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('uncaughtException', (error) => {
  console.log('fatal:', error.message);
  process.exit(9);
});
process.on('SIGTERM', () => {
  throw new Error('on purpose');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
