/*
ends: itself
steps:
  - GET /fails
*/
const http = require('http');

const server = http.createServer(async () => {
  await null;
  throw new Error('rejected');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
