/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
const die = (code) => {
  console.log('dying');
  process.exit(code);
};
const after = (done) => {
  done(8);
  console.log('never printed');
};
process.on('SIGTERM', () => after(die));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
