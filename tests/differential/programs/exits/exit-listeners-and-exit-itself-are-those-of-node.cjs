/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
console.log(process.exit.name, process.exit.length, process.kill.name, process.kill.length, Object.keys(process.exit));
process.on('SIGTERM', () => {
  console.log(process.listenerCount('SIGTERM'), process.listeners('SIGTERM').length);
  server.close(() => process.exit(15));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
