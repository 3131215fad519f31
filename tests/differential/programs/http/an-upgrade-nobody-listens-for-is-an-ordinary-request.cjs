/*
steps:
  - connection:
      - send: |+
          GET /chat HTTP/1.1
          Host: localhost
          Connection: Upgrade, close
          Upgrade: something

      - pause: 200
      - end
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.setHeader('Connection', 'close');
  res.end(`plain ${req.headers.upgrade}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
