/*
steps:
  - GET /koa
  - GET /raw
*/
const http = require('http');
const Koa = require('koa');

const app = new Koa();
app.use((ctx) => {
  ctx.body = { own: ctx.req === ctx.request.req, state: Object.keys(ctx.state) };
});
const callback = app.callback();
const server = http.createServer((req, res) => {
  if (req.url === '/raw') res.end('raw');
  else callback(req, res);
});
console.log(server.listeners('request').length, callback.length);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
