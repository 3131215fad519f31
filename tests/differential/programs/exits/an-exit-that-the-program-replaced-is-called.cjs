/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
const { exit } = process;
process.exit = (code) => {
  console.log('exit was asked for:', code);
  exit.call(process, code + 1);
};
process.on('SIGTERM', () => server.close(() => process.exit(30)));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
