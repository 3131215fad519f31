/*
steps:
  - GET /socket
  - GET /response
  - GET /none
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const say = (what) => () => {
    console.log(req.url, what, req.destroyed, res.writableEnded);
    if (!res.writableEnded) res.end(what);
  };
  for (const event of ['timeout', 'close']) {
    req.on(event, say(`request ${event}`));
    res.on(event, () => console.log(req.url, 'response', event));
    req.socket.on(event, () => console.log(req.url, 'socket', event));
  }
  if (req.url === '/socket') req.socket.setTimeout(30, say('own'));
  if (req.url === '/response') res.setTimeout(30, say('own'));
  if (req.url === '/none') {
    req.setTimeout(0);
    setTimeout(() => res.end('late'), 40);
  }
});
server.on('timeout', (socket) => console.log('server timeout', socket.destroyed));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
