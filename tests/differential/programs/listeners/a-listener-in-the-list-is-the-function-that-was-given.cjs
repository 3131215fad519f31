/*
steps:
  - GET /
*/
const http = require('http');

function handle(req, res) {
  res.end('ok');
}
handle.version = 3;
const server = http.createServer(handle);
const [listed] = server.listeners('request');
const [raw] = server.rawListeners('request');
console.log(listed === handle, raw === handle, listed.version, listed.name, listed.length, Object.keys(raw).join());
console.log(String(raw).split('\n')[0], raw.hasOwnProperty('prototype'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
