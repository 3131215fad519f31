/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('unhandledRejection', (error) => {
  console.log('rejected:', error.message);
  process.exit(10);
});
process.on('SIGTERM', () => {
  Promise.reject(new Error('on purpose'));
  setImmediate(() => console.log('never printed'));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
