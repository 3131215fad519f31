/*
steps:
  - GET /open
  - request: GET /closed
    headers: { X-Key: wrong }
  - request: GET /closed
    headers: { X-Key: right }
*/
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url === '/open') return res.end('open');
  if (req.url === '/closed') return res.end('inside');
  res.statusCode = 404;
  res.end();
});

const listeners = server.listeners('request').slice();
server.removeAllListeners('request');
server.on('request', function gate(req, res) {
  if (req.url === '/closed' && req.headers['x-key'] !== 'right') {
    res.writeHead(403).end('no');
    return;
  }
  for (const listener of listeners) listener.call(server, req, res);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
