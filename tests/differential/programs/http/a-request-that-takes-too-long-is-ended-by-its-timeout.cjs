/*
nodes: '>=18'
steps:
  - connection:
      - send: |+
          POST / HTTP/1.1
          Host: localhost
          Content-Length: 10

      - bytes: "half"
  - stdout: request ECONNRESET
*/
const http = require('http');

const server = http.createServer({ requestTimeout: 150, headersTimeout: 100, connectionsCheckingInterval: 30 }, (req, res) => {
  req.on('error', (error) => console.log('request', error.code));
  req.resume();
  res.on('close', () => console.log('closed', res.writableEnded));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
