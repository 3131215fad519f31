/*
steps:
  - GET /
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
for (let count = 0; count < 10; count += 1) server.on('request', () => {});
console.log(server.getMaxListeners(), server.listenerCount('request'), server.listenerCount('listening'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
