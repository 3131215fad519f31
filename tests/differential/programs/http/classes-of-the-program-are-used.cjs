/*
steps:
  - request: POST /a
    body: text
  - GET /b
*/
const http = require('http');
const util = require('util');

class Incoming extends http.IncomingMessage {
  get length() {
    return Number(this.headers['content-length'] || 0);
  }
  emit(event, ...args) {
    console.log('incoming', String(event), args.length);
    return super.emit(event, ...args);
  }
}
class Outgoing extends http.ServerResponse {
  constructor(...args) {
    super(...args);
    this.emit = this.emit.bind(this);
  }
  json(value) {
    this.setHeader('Content-Type', 'application/json');
    this.end(JSON.stringify(value));
  }
}
function Old(...args) {
  http.Server.call(this, ...args);
  this.kind = 'old';
}
util.inherits(Old, http.Server);
Old.prototype.emit = function (event, ...args) {
  console.log('server', String(event), args.length, this.kind);
  return http.Server.prototype.emit.call(this, event, ...args);
};
const server = new Old({ IncomingMessage: Incoming, ServerResponse: Outgoing }, (req, res) => {
  console.log(req.constructor.name, res.constructor.name, Object.keys(req).length, Object.keys(res).length);
  req.resume().on('end', () => res.json({ url: req.url, length: req.length }));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
