/*
steps:
  - GET /
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.cork();
  res.write('a');
  res.write(Buffer.from('b'));
  res.write('63', 'hex');
  console.log(res.writableCorked, res.writableLength > 0, res.headersSent);
  res.uncork();
  setImmediate(() => res.end('d'));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
