/*
ends: itself
steps:
  - GET /
  - signal: SIGINT
  - pause: 500
*/
const http = require('http');

const server = http.createServer((_req, res) => {
  process.removeListener('SIGINT', ignore);
  res.end(`${process.listenerCount('SIGINT')}`);
});
const ignore = () => console.log('ignored');
process.on('SIGINT', ignore);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
