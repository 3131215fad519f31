/*
nodes: '>=18'
steps:
  - connection:
      - bytes: "GET / HTTP/1.1\r\nHost: local"
  - GET /fine
*/
const http = require('http');

const server = http.createServer({ headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 30 }, (req, res) => res.end('fine'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
