/*
steps:
  - request: GET /
    headers: { Accept-Encoding: gzip }
  - request: GET /
    headers: { Accept-Encoding: deflate }
  - GET /
*/
const http = require('http');
const zlib = require('zlib');

const text = 'again and again '.repeat(50);
const server = http.createServer((req, res) => {
  const encoding = req.headers['accept-encoding'];
  const packers = { gzip: zlib.createGzip, deflate: zlib.createDeflate };
  res.setHeader('Vary', 'Accept-Encoding');
  if (packers[encoding] === undefined) return res.end(text);
  res.setHeader('Content-Encoding', encoding);
  const packer = packers[encoding]();
  packer.pipe(res);
  packer.end(text);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
