/*
steps:
  - connection:
      - send: |+
          GET /half HTTP/1.1
          Host: x

      - end
      - wait: late
  - connection:
      - send: |+
          GET /taken HTTP/1.1
          Host: x

      - wait: raw
      - bytes: ping
      - wait: ping
      - end
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const { socket } = req;
  console.log(req.url, socket === req.connection, socket === res.socket, socket.server === server, socket._httpMessage === res, socket.allowHalfOpen);
  if (req.url === '/half') {
    socket.on('end', () => console.log('half closed', req.complete, req.aborted));
    return setTimeout(() => res.end('late'), 30);
  }
  res.detachSocket(socket);
  socket.removeAllListeners('data');
  socket.write('raw\n');
  socket.on('data', (chunk) => {
    console.log('raw', String(chunk));
    socket.end(chunk);
  });
});
server.on('clientError', (error, socket) => {
  console.log('client error', error.code, socket.writable);
  socket.destroy();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
