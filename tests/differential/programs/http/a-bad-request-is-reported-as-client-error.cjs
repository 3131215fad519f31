/*
steps:
  - connection:
      - send: |+
          NOT HTTP

  - connection:
      - send: |+
          GET / HTTP/1.1
          Host localhost

  - GET /fine
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('fine'));
server.on('clientError', (error, socket) => {
  console.log(error.code, error.bytesParsed, error.rawPacket.length);
  socket.end('HTTP/1.1 400 Own Words\r\nConnection: close\r\n\r\n');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
