/*
steps:
  - connection:
      - send: |+
          GET /chat HTTP/1.1
          Host: x
          Connection: Upgrade
          Upgrade: websocket

      - wait: '101'
      - bytes: hello
      - wait: hello
      - end
  - connection:
      - send: |+
          GET /no HTTP/1.1
          Host: x
          Connection: Upgrade
          Upgrade: other

      - wait: '400'
  - GET /plain
*/
const http = require('http');

const server = http.createServer((req, res) => res.end(`plain ${req.headers.upgrade}`));
server.on('upgrade', (req, socket, head) => {
  console.log('first', req.url, head.length, socket.listenerCount('error'));
  if (req.url !== '/chat') return;
  socket.on('error', (error) => console.log('error', error.code));
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  socket.pipe(socket);
  socket.on('close', () => console.log('closed'));
});
server.on('upgrade', (req, socket) => {
  console.log('second', req.url);
  if (req.url !== '/chat') socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
