/*
steps:
  - connection:
      - bytes: "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
  - connection:
      - bytes: "GET / HTTP/9.9\r\n\r\n"
  - connection:
      - bytes: "\x16\x03\x01\x00\x00"
  - GET /fine
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('fine'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
