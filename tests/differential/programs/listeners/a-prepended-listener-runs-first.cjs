/*
steps:
  - GET /a
  - GET /b
*/
const http = require('http');

const order = [];
const server = http.createServer((req, res) => {
  order.push('second');
  res.setHeader('X-Order', order.splice(0).join(' '));
  res.end();
});
server.prependListener('request', function first() {
  order.push('first');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
