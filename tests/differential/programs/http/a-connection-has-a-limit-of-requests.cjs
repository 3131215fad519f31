/*
nodes: '>=16.10'
steps:
  - connection:
      - send: |+
          GET /1 HTTP/1.1
          Host: x

      - wait: one
      - send: |+
          GET /2 HTTP/1.1
          Host: x

      - wait: one
      - send: |+
          GET /3 HTTP/1.1
          Host: x

      - pause: 100
      - end
*/
const http = require('http');

const server = http.createServer((req, res) => res.end(`${req.url} one`));
server.maxRequestsPerSocket = 2;
server.on('dropRequest', (req, socket) => console.log('dropped', req.url, typeof socket.write));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
