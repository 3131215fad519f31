/*
steps:
  - GET /whole
  - request: GET /part
    headers: { Range: bytes=2-5 }
  - GET /missing
*/
const fs = require('fs');
const http = require('http');

fs.writeFileSync('data.txt', '0123456789');
const server = http.createServer((req, res) => {
  const [, from, to] = /bytes=(\d+)-(\d+)/.exec(req.headers.range || '') || [];
  const file = fs.createReadStream(req.url === '/missing' ? 'nothing.txt' : 'data.txt', from ? { start: Number(from), end: Number(to) } : {});
  file.on('error', (error) => {
    res.statusCode = 404;
    res.end(error.code);
  });
  file.on('open', () => {
    if (from) res.writeHead(206, { 'Content-Range': `bytes ${from}-${to}/10`, 'Content-Length': to - from + 1 });
    else res.setHeader('Content-Length', 10);
  });
  file.pipe(res);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
