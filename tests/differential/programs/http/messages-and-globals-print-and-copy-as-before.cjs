/*
steps:
  - GET /request
  - GET /response
  - GET /client
*/
const http = require('http');
const util = require('util');

const symbols = (value) =>
  Object.getOwnPropertySymbols(value)
    .filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))
    .map(String);
const isForeign = (text) => /tracewright|opentelemetry|span/i.test(text);
const look = (value) => [symbols(value), symbols({ ...value }), Object.keys(value), isForeign(util.inspect(value, { depth: 1 }))];

console.log(symbols(globalThis), isForeign(util.inspect(globalThis, { depth: 0 })));

const server = http.createServer((req, res) => {
  if (req.url === '/client') {
    const sent = http.get({ host: '127.0.0.1', port: server.address().port, path: '/' }, (answer) => {
      answer.resume();
      res.end(JSON.stringify([look(answer), symbols(sent), isForeign(util.inspect(sent, { depth: 1 }))]));
    });
    return;
  }
  res.end(JSON.stringify([look(req.url === '/request' ? req : res), symbols(globalThis)]));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
