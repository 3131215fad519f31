/*
frames: all
steps:
  - GET /
  - GET /
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
server.on('connection', () => console.log(new Error('where').stack.split('\n').pop()));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
