/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('SIGTERM', () => {
  ['first', 'second'].forEach((name) => {
    console.log(name);
    process.exit(4);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
