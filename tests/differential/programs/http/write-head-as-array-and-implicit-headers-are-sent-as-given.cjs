/*
steps:
  - GET /array
  - GET /strict
  - GET /implicit
*/
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url === '/array') return res.writeHead(200, ['X-Dup', '1', 'X-Dup', '2', 'Content-Length', '2']).end('ok');
  if (req.url === '/strict') {
    res.strictContentLength = true;
    res.writeHead(200, 'Fine By Me', { 'Content-Length': 5, Connection: 'close' });
    try {
      res.end('longer than that');
    } catch (error) {
      console.log(error.code);
      res.destroy();
    }
    return;
  }
  res.sendDate = false;
  res.write('part');
  console.log(res.headersSent, res.statusMessage);
  res.end();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
