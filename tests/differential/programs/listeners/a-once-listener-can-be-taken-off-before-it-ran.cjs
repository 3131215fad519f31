/*
steps:
  - GET /1
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('main'));
const early = (req, res) => res.end('early');
server.prependOnceListener('request', early);
server.off('request', early);
console.log(server.listenerCount('request'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
