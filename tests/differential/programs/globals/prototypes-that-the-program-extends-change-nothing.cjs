/*
env: { OTEL_BSP_SCHEDULE_DELAY: 5 }
steps:
  - GET /a?b=c
  - request: POST /p
    headers: { X-A: [1, 2] }
    body: text
  - pause: 60
  - GET /out
*/
// Programs of their time: enumerable properties on the prototypes of everything.
const http = require('http');

Array.prototype.last = function () {
  return this[this.length - 1];
};
Array.prototype.toJSON = function () {
  return `list of ${this.length}`;
};
Object.prototype.extend = function (other) {
  return Object.assign(this, other);
};
String.prototype.format = function () {
  return this.toString();
};
String.prototype.toJSON = function () {
  return `text ${this}`;
};
Number.prototype.times = function () {};
Function.prototype.method = function () {
  return this;
};
Date.prototype.toJSON = () => 'a date';
Map.prototype.size2 = 2;

const server = http.createServer((req, res) => {
  const names = [];
  for (const name in req.headers) if (name !== 'traceparent') names.push(name);
  if (req.url !== '/out') return res.end(JSON.stringify({ names: names.join(), url: req.url, extended: {}.extend({ a: 1 }) }));
  http.get({ port: server.address().port, path: '/inner', agent: false }, (answer) => answer.pipe(res));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
