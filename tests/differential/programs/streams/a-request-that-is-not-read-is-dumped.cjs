/*
steps:
  - connection:
      - send: |+
          POST /unread HTTP/1.1
          Host: localhost
          Content-Length: 5

          12345
      - wait: "unread"
      - send: |+
          GET /next HTTP/1.1
          Host: localhost
          Connection: close

  - stdout: /next
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.on('finish', () => setImmediate(() => console.log(req.url, req.readableEnded, req.complete, req.destroyed)));
  res.end(`answer to ${req.url}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
