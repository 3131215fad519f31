/*
ends: itself
steps:
  - GET /last
*/
const http = require('http');

const server = http.createServer((req, res) => {
  server.close((error) => console.log('closed', error));
  setTimeout(() => res.end('last words'), 30);
});
server.on('close', () => console.log('close event', server.listening));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
