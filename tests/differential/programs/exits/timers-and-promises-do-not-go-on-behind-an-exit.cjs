/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('SIGTERM', () => {
  setTimeout(() => console.log('a timer'), 0);
  setImmediate(() => console.log('an immediate'));
  process.nextTick(() => console.log('a tick'));
  Promise.resolve().then(() => console.log('a promise'));
  process.exit(1);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
