/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
untraced: an end that skips the exit event sends nothing
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
process.on('exit', () => console.log('never printed'));
process.on('SIGTERM', () => process.reallyExit(17));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
