/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('SIGTERM', () => {
  new Promise((resolve) => {
    if (server.listening) process.exit(5);
    resolve();
  }).then(() => console.log('never printed'));
  console.log('never printed either');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
