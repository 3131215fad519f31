/*
steps:
  - GET /count
  - GET /count
*/
const http = require('http');

class Counter {
  constructor() {
    this.count = 0;
    this.handle = this.handle.bind(this);
  }
  handle(req, res) {
    this.count += 1;
    res.end(`${this.count} ${this instanceof Counter}`);
  }
}
const counter = new Counter();
const server = http.createServer(counter.handle);
console.log(server.listeners('request')[0] === counter.handle, counter.handle.name);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
