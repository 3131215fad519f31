/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
const { exit } = process;
process.exit = () => console.log('not yet');
process.on('SIGTERM', () => {
  process.exit(1);
  console.log('went on');
  process.exit = exit;
  server.close(() => process.exit(14));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
