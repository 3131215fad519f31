/*
untraced: a tunnel is no request
steps:
  - connection:
      - send: |+
          CONNECT example.org:443 HTTP/1.1
          Host: example.org:443

      - wait: "200"
      - bytes: "through the tunnel"
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('no tunnel'));
server.on('connect', (req, socket, head) => {
  console.log('connect', req.method, req.url, head.length);
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  socket.once('data', (chunk) => socket.end(`seen ${chunk}`));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
