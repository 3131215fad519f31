/*
frames: all
steps:
  - GET /health
*/
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url !== '/health') return res.end('no');
  res.end(String(new Error('where').stack.split('\n')[1]));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
