/*
steps:
  - GET /last
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.end('bye', () => process.exit(16));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
