const http = require('http');
const connect = require('connect');

const app = connect();
app.use('/plain', (_req, res) => res.end('plain'));
const api = connect();
api.use('/items', (_req, res) => {
  console.log('looked up');
  res.end('items');
});
api.use('/fails', () => {
  throw new TypeError('broken 3');
});
api.use('/refuses', (_req, res) => {
  res.statusCode = 400;
  res.end('wrong');
});
api.use('/slow', () => undefined);
app.use('/api/v1', api);
const server = http.createServer(app).listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
