/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('SIGTERM', () => {
  process.exitCode = 7;
  server.close(() => process.exit(null));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
