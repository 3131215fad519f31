/*
steps:
  - request: GET /
    headers: { COOKIE: [a=1, b=2], X-Forwarded-For: [1.1.1.1, 2.2.2.2], accept: '*' }
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.setHeader('B-Second', '2');
  res.setHeader('A-First', '1');
  res.setHeader('Set-Cookie', ['x=1', 'y=2']);
  res.setHeader('set-COOKIE', ['z=3']);
  console.log(res.getHeaderNames(), res.getRawHeaderNames ? res.getRawHeaderNames() : [], res.hasHeader('a-first'));
  res.removeHeader('A-FIRST');
  res.end(JSON.stringify({ raw: req.rawHeaders, headers: req.headers }));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
