/*
steps:
  - GET /
  - together:
      - GET /slow
      - stdout: slow began
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url !== '/slow') return res.end('ok');
  console.log('slow began');
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 20);
  setTimeout(() => {
    console.log('never printed');
    res.end('late');
  }, 21);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
