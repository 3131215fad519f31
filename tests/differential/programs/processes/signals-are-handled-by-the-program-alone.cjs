/*
ends: itself
steps:
  - GET /
  - signal: SIGHUP
  - stdout: reloaded
  - signal: SIGUSR2
  - stdout: dumped
  - signal: SIGTERM
*/
const http = require('http');

process.on('SIGHUP', () => console.log('reloaded', process.listenerCount('SIGHUP')));
process.on('SIGUSR2', () => console.log('dumped'));
process.on('SIGTERM', (signal, number) => {
  console.log('stopping', signal, number);
  server.close(() => {
    console.log('stopped');
  });
});
const server = http.createServer((req, res) => res.end('ok'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
