/*
nodes: '>=20'
steps:
  - request: GET /joined
    headers: { X-Many: [a, b], Cookie: [c=1, d=2] }
  - port: 2
    connection:
      - send: |+
          GET /nohost HTTP/1.1

      - wait: nohost
      - end
  - port: 3
    request: GET /own
*/
const http = require('http');

class Request extends http.IncomingMessage {
  get shout() {
    return this.url.toUpperCase();
  }
}
class Response extends http.ServerResponse {
  say(text) {
    this.setHeader('x-said', text);
    this.end(text);
  }
}
const servers = [
  http.createServer({ joinDuplicateHeaders: true, keepAliveInitialDelay: 5, noDelay: true, highWaterMark: 1024 }, (req, res) =>
    res.end(JSON.stringify([req.headers, req.headersDistinct, req.readableHighWaterMark, res.writableHighWaterMark])),
  ),
  http.createServer({ requireHostHeader: false, uniqueHeaders: ['x-one'], rejectNonStandardBodyWrites: true }, (req, res) => {
    res.setHeader('x-one', ['a', 'b']);
    res.end(`nohost ${req.headers.host}`);
  }),
  new http.Server({ IncomingMessage: Request, ServerResponse: Response }, (req, res) => res.say(req.shout)),
];
const listen = (at) => servers[at]?.listen(0, '127.0.0.1', () => {
  console.log(`port ${servers[at].address().port}`);
  listen(at + 1);
});
listen(0);
process.on('SIGTERM', () => process.exit(0));
