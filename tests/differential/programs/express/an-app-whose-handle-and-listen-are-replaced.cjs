/*
express: [4, 5]
steps: [GET /x, GET /y, GET /direct/x, GET /fails, GET /proto]
*/
const express = require('express');
const http = require('http');

const app = express();
app.set('env', 'test');
const handle = app.handle;
app.handle = function (req, res, done) {
  console.log('handle', req.url, typeof done, this === app);
  res.setHeader('x-handled', '1');
  return handle.call(this, req, res, done);
};
const listen = app.listen;
app.listen = function (...given) {
  console.log('listen', given.length);
  const server = http.createServer((req, res) => {
    if (!req.url.startsWith('/direct')) return app(req, res);
    req.url = req.url.slice('/direct'.length);
    app.handle(req, res, (error) => res.end(`fell through ${error}`));
  });
  return server.listen(...given);
};
class Request {
  get mine() {
    return `mine ${this.url}`;
  }
}
app.use((req, res, next) => {
  if (req.url === '/proto') Object.setPrototypeOf(req, Object.create(Object.getPrototypeOf(req), Object.getOwnPropertyDescriptors(Request.prototype)));
  const { end } = res;
  res.end = function (...given) {
    console.log('end', req.url, given.length);
    return end.apply(this, given);
  };
  next();
});
app.get('/x', (req, res) => res.send('x'));
app.get('/proto', (req, res) => res.send(req.mine));
app.get('/fails', (req, res, next) => next(new Error('failed')));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
console.log(typeof listen, listen === app.listen);
