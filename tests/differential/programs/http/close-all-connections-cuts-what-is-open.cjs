/*
nodes: '>=18.2'
ends: itself
steps:
  - connection:
      - send: |+
          GET /hanging HTTP/1.1
          Host: localhost

*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.write('begun');
  res.on('close', () => console.log('response closed', res.writableEnded));
  setTimeout(() => {
    server.close(() => console.log('closed'));
    server.closeIdleConnections();
    server.getConnections((error, count) => {
      console.log(error, count);
      server.closeAllConnections();
    });
  }, 30);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
