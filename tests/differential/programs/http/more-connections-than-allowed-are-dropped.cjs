/*
nodes: '>=18.6'
steps:
  - together:
      - connection:
          - send: |+
              GET /hold HTTP/1.1
              Host: localhost
              Connection: close

      - connection:
          - pause: 80
          - send: |+
              GET /dropped HTTP/1.1
              Host: localhost

*/
const http = require('http');

const server = http.createServer((req, res) => setTimeout(() => res.end(req.url), 250));
server.maxConnections = 1;
server.on('drop', (data) => console.log('dropped', Object.keys(data).sort().join()));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
