/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
const die = (code) => {
  console.log('dying with', code);
  process.exit(code);
};
process.on('SIGTERM', () => {
  [8, 9].map(die);
  console.log('never printed');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
