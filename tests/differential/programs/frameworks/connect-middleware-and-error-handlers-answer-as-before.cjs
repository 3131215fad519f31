/*
steps:
  - GET /ok
  - GET /fails
  - GET /mounted/deep?x=1
  - GET /missing
env: { NODE_ENV: production }
*/
const connect = require('connect');
const http = require('http');

const app = connect();
app.use((req, res, next) => {
  res.setHeader('X-First', '1');
  next();
});
app.use('/mounted', (req, res) => res.end(`${req.url} of ${req.originalUrl}`));
app.use('/ok', (req, res) => res.end('ok'));
app.use('/fails', () => {
  throw new Error('broken');
});
app.use((error, req, res, next) => {
  console.log(error.message);
  next(error);
});
const server = http.createServer(app);
console.log(app.stack.length, server.listeners('request')[0] === app);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
