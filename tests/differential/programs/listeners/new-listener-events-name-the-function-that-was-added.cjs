/*
steps:
  - GET /
*/
const http = require('http');

const server = http.createServer();
server.on('newListener', (event, listener) => console.log('added', String(event), listener.name, listener === handle));
server.on('removeListener', (event, listener) => console.log('removed', String(event), listener.name));
function handle(req, res) {
  res.end('ok');
}
server.on('request', handle);
server.addListener('request', handle);
server.removeListener('request', handle);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
