/*
node-args: [--disable-proto=delete]
steps:
  - GET /
*/
const http = require('http');

const server = http.createServer((req, res) => res.end(`${'__proto__' in req} ${{}.__proto__}`));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
