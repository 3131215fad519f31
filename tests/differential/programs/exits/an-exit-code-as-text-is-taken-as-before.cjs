/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('SIGTERM', () => server.close(() => process.exit('3')));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
