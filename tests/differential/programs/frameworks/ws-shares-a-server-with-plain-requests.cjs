/*
packages: [ws]
steps:
  - GET /plain
  - connection:
      - send: |+
          GET /socket HTTP/1.1
          Host: localhost
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Version: 13

      - wait: "hello /socket"
      - bytes: "\x81\x82\x00\x00\x00\x00hi"
      - wait: "echo hi"
      - bytes: "\x88\x80\x00\x00\x00\x00"
  - stdout: closed 1005
*/
const http = require('http');
const { WebSocketServer } = require('ws');

const server = http.createServer((req, res) => res.end(`plain ${req.url}`));
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket, req) => {
  socket.send(`hello ${req.url}`);
  socket.on('message', (data) => socket.send(`echo ${data}`));
  socket.on('close', (code) => console.log('closed', code));
});
console.log(server.eventNames().map(String).sort().join(), server.listenerCount('upgrade'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
