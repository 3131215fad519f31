/*
steps:
  - connection:
      - send: |+
          POST /upload HTTP/1.1
          Host: localhost
          Transfer-Encoding: chunked
          Connection: close

          5;ext=1
          first
      - pause: 40
      - send: |+
          6
          second
          0

*/
const http = require('http');

const server = http.createServer(async (req, res) => {
  const chunks = [];
  for await (const chunk of req) chunks.push(String(chunk));
  res.setHeader('X-Chunks', chunks.length);
  res.end(chunks.join('|'));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
