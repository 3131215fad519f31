/*
frames: all
steps:
  - GET /
*/
Error.stackTraceLimit = 50;
const http = require('http');

const server = http.createServer(function answer(req, res) {
  res.end(String(new Error('where').stack));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
