/*
steps:
  - connection:
      - send: |+
          GET /1 HTTP/1.1
          Host: localhost

      - wait: "socket 1, request 1"
      - send: |+
          POST /2 HTTP/1.1
          Host: localhost
          Content-Length: 2

          ok
      - wait: "socket 1, request 2"
      - send: |+
          GET /3 HTTP/1.1
          Host: localhost
          Connection: close

  - GET /4
*/
const http = require('http');

let sockets = 0;
const server = http.createServer((req, res) => {
  req.socket.requests = (req.socket.requests || 0) + 1;
  req.resume();
  res.end(`socket ${req.socket.number}, request ${req.socket.requests}`);
});
server.on('connection', (socket) => {
  sockets += 1;
  socket.number = sockets;
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
