/*
steps:
  - request: GET /
    headers: { Expect: a-miracle }
  - request: GET /
    port: 2
    headers: { Expect: a-miracle }
*/
const http = require('http');

const plain = http.createServer((req, res) => res.end('never'));
const own = http.createServer((req, res) => res.end('never'));
own.on('checkExpectation', (req, res) => {
  console.log('expected', req.headers.expect);
  res.statusCode = 200;
  res.end('performed');
});
plain.listen(0, '127.0.0.1', () => {
  console.log(`port ${plain.address().port}`);
  own.listen(0, '127.0.0.1', () => console.log(`port ${own.address().port}`));
});
