/*
steps:
  - connection:
      - send: |+
          GET / HTTP/1.1
          Host: localhost

*/
const http = require('http');

const server = http.createServer((req, res) => res.end('once'));
server.keepAliveTimeout = 60;
server.keepAliveTimeoutBuffer = 0;
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
