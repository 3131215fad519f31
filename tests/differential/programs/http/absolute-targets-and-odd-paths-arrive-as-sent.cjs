/*
steps:
  - connection:
      - bytes: "GET http://example.org/a?b#c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
  - connection:
      - bytes: "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
  - connection:
      - bytes: "GET /%E0%A4%A/../x//y?%%% HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
  - connection:
      - bytes: "PROPFIND /dav HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
  - connection:
      - bytes: "GET /old HTTP/1.0\r\n\r\n"
*/
const http = require('http');

const server = http.createServer((req, res) => res.end(`${req.method} ${req.url} ${req.httpVersion}`));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
