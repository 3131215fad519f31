const http = require('http');
const { die } = require('./die.cjs');

const server = http.createServer((req, res) => res.end('ok'));
process.on('SIGTERM', () => {
  if (server.listening) die('told to stop', 40);
  console.log('never printed');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
