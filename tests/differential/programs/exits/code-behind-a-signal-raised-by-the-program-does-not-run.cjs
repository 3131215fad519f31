/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.once('SIGTERM', (signal) => {
  server.close(() => {
    process.kill(process.pid, signal);
    console.log('never printed');
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
