/*
untraced: it ends by the signal within its handler
steps:
  - GET /
  - signal: SIGTERM
*/
const http = require('http');

const server = http.createServer((_req, res) => res.end('ok'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
// As signal-exit and its like do it.
process.once('SIGTERM', function onTerm(signal) {
  console.log(`${signal}: ${process.listenerCount(signal)} others`);
  server.close();
  server.closeAllConnections();
  if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
});
