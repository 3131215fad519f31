/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
const program = {
  fail(code) {
    process.exit(code);
  },
  stop() {
    this.fail(6);
    console.log('never printed');
  },
};
process.on('SIGTERM', () => program.stop());
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
