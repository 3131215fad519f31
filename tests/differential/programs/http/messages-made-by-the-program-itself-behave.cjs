/*
ends: itself
*/
// What adapters for functions in a cloud and test helpers do.
const http = require('http');
const { Duplex } = require('stream');
const net = require('net');
const util = require('util');

const server = http.createServer((req, res) => {
  console.log(req.method, req.url, req.headers, req instanceof http.IncomingMessage, res instanceof http.ServerResponse);
  req.on('data', (chunk) => console.log('data', String(chunk)));
  req.on('end', () => {
    res.setHeader('x-mine', '1');
    res.statusCode = 201;
    res.end('answer');
  });
});
function inject(method, url, body) {
  return new Promise((done) => {
    const req = new http.IncomingMessage(new net.Socket());
    Object.assign(req, { method, url, headers: { host: 'x', 'x-a': '1' }, httpVersionMajor: 1, httpVersionMinor: 1 });
    if (body) req.push(body);
    req.push(null);
    const res = new http.ServerResponse(req);
    const out = [];
    const socket = new Duplex({ read() {}, write: (chunk, encoding, next) => (out.push(String(chunk)), next()) });
    res.assignSocket(socket);
    for (const event of ['finish', 'close']) res.on(event, () => console.log('response', event));
    res.on('finish', () => {
      res.detachSocket(socket);
      done(out.join('').replace(/Date: .*/, 'Date'));
    });
    console.log('listened', server.emit('request', req, res));
  });
}
function Old(...given) {
  http.Server.apply(this, given);
}
util.inherits(Old, http.Server);
async function main() {
  console.log(await inject('GET', '/a?b=c'));
  console.log(await inject('POST', '/p', 'body'));
  const plain = Object.create(http.IncomingMessage.prototype);
  console.log(typeof plain.emit, typeof plain.on, Object.keys(plain));
  const old = new Old((req, res) => res.end('old'));
  old.listen(0, '127.0.0.1', () => {
    http.get({ port: old.address().port, agent: false }, (res) => {
      console.log('old', res.statusCode);
      res.resume();
      old.close(() => console.log('closed'));
    });
  });
}
main();
