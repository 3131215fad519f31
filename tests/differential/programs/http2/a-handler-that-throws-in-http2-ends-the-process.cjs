/*
untraced: HTTP/2 requests have no SERVER span of their own
ends: itself
steps:
  - http2: GET /throws
*/
const http2 = require('http2');

const server = http2.createServer((req, res) => {
  if (req.url === '/throws') throw new Error('in http2');
  res.end();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
