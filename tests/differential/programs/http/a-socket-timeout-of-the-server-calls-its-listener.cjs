/*
steps:
  - GET /slow
*/
const http = require('http');

const server = http.createServer((req, res) => {
  req.on('timeout', () => console.log('request timeout'));
  res.on('timeout', () => {
    console.log('response timeout');
    res.writeHead(503, { Connection: 'close' }).end('slow');
  });
});
server.setTimeout(80);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
