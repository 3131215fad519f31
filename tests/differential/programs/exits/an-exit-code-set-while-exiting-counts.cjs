/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('exit', (code) => {
  console.log('exit', code);
  process.exitCode = 11;
});
process.on('SIGTERM', () => server.close(() => process.exit(2)));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
