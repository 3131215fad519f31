/*
untraced: HTTP/2 requests have no SERVER span of their own
steps:
  - http2: GET /compat
  - http2: HEAD /compat
*/
const http2 = require('http2');

const server = http2.createServer((req, res) => {
  res.setHeader('x-version', req.httpVersion);
  res.writeHead(200, { 'content-type': 'text/plain' });
  res.end(`${req.method} ${req.url} ${req.authority === undefined} ${typeof req.stream.id}`);
});
console.log(server.listenerCount('request'), server.listeners('request').length);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
