/*
steps:
  - request: POST /
    body: abc
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const count = (emitter) => emitter.eventNames().map((name) => `${String(name)} ${emitter.listenerCount(name)}`).join(', ');
  const seen = { req: count(req), res: count(res), socket: count(req.socket) };
  seen.keys = [Object.keys(req).length === Object.keys(new http.IncomingMessage(req.socket)).length];
  seen.own = Object.getOwnPropertyNames(res).includes('emit');
  res.end(JSON.stringify(seen));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
