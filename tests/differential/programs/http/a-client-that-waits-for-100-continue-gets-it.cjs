/*
steps:
  - connection:
      - send: |+
          POST /upload HTTP/1.1
          Host: localhost
          Expect: 100-continue
          Content-Length: 5
          Connection: close

      - wait: |+
          HTTP/1.1 100 Continue

      - bytes: hello
*/
'use strict';
const http = require('http');

const server = http.createServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => {
    body += chunk;
  });
  req.on('end', () => res.end(`got ${body}`));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
