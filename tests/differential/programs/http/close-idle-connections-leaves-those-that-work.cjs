/*
nodes: '>=18.2'
steps:
  - together:
      - connection:
          - send: |+
              GET /fast HTTP/1.1
              Host: x

          - wait: '4'
          - pause: 150
          - end
      - connection:
          - pause: 20
          - send: |+
              GET /slow HTTP/1.1
              Host: x

          - wait: slow
          - end
      - connection:
          - pause: 60
          - send: |+
              GET /close HTTP/1.1
              Host: x

          - wait: closed
          - end
*/
const http = require('http');

const server = http.createServer({ keepAliveTimeout: 60000 }, (req, res) => {
  if (req.url === '/slow') return setTimeout(() => res.end('slow'), 120);
  if (req.url === '/close') {
    server.closeIdleConnections();
    server.getConnections((error, count) => {
      console.log('connections', error, count > 0);
      res.end('closed');
    });
    return;
  }
  res.setHeader('X-Length', 4);
  res.end('fast');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
