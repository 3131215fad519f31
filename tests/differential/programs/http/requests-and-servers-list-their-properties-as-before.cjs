/*
express: [4, 5]
steps: [GET /plain, { port: 2, request: GET /express }]
*/
const http = require('http');
const util = require('util');
const express = require('express');

const names = (object) => {
  const all = [];
  for (const name in object) all.push(name);
  return all.sort();
};
const show = (what, object) => {
  console.log(what, Object.keys(object).join(), names(object).join());
  console.log(what, Reflect.ownKeys(object).filter((key) => !/tracewright/.test(String(key))).map(String).sort().join());
  console.log(what, Object.entries(Object.getOwnPropertyDescriptors(object)).map(([key, { enumerable, writable, get }]) => [key, enumerable, writable, !get].join(':')).join(' '));
};
const plain = (text) => text.replace(/\d+/g, 'N').replace(/\[Symbol\((?:async_id_symbol|asyncId|triggerId)\)\]: [^,\n]+/g, '');
const look = (req, res) => {
  show('request', req);
  show('response', res);
  console.log(JSON.stringify(req.headers), JSON.stringify({ ...req.headers }));
  console.log(plain(util.inspect(req.headers, {})));
  console.log(plain(util.inspect(req, { depth: 0 })));
  console.log(plain(util.inspect(res, { depth: 0 })));
  console.log(req.hasOwnProperty('emit'), res.hasOwnProperty('emit'), req.emit === req.emit, req.constructor.name);
  res.end('ok');
};
const server = http.createServer(look);
server.listen(0, '127.0.0.1', () => {
  console.log(`port ${server.address().port}`);
  show('server', server);
  const app = express();
  app.use(look);
  const second = app.listen(0, '127.0.0.1', () => console.log(`port ${second.address().port}`));
});
process.on('SIGTERM', () => process.exit());
