/*
steps:
  - GET /
*/
const http = require('http');

const server = http.createServer(function answer(req) {
  if (req.url === '/') throw new TypeError('not today');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
