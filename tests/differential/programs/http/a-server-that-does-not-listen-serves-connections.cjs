/*
steps:
  - GET /plain
  - connection:
      - send: |+
          GET /1 HTTP/1.1
          Host: x

          GET /2 HTTP/1.1
          Host: x
          Connection: close

*/
const http = require('http');
const net = require('net');

const hidden = http.createServer((req, res) => setTimeout(() => res.end(`${req.url} ${hidden.listening}`), req.url === '/1' ? 30 : 0));
const door = net.createServer((socket) => {
  socket.once('readable', () => {
    const first = socket.read();
    socket.unshift(first);
    hidden.emit('connection', socket);
  });
});
door.on('close', () => console.log('closed'));
door.listen(0, '127.0.0.1', () => console.log(`port ${door.address().port}`));
