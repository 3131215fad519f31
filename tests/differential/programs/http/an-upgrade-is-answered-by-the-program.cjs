/*
steps:
  - connection:
      - send: |+
          GET /chat HTTP/1.1
          Host: localhost
          Connection: Upgrade
          Upgrade: echo

      - bytes: "hello"
      - wait: "hello"
      - bytes: "bye"
  - GET /plain
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('plain'));
server.on('upgrade', (req, socket, head) => {
  console.log('upgrade', req.url, req.headers.upgrade, socket === req.socket);
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  if (head.length > 0) socket.write(head);
  socket.on('data', (chunk) => {
    if (String(chunk).endsWith('bye')) socket.end('ended');
    else socket.write(chunk);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
