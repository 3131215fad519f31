/*
steps:
  - connection:
      - send: |+
          PUT /big HTTP/1.1
          Host: localhost
          Expect: 100-continue
          Content-Length: 1000000
          Connection: close

  - connection:
      - send: |+
          PUT /small HTTP/1.1
          Host: localhost
          Expect: 100-continue
          Content-Length: 5
          Connection: close

      - wait: "100 Continue"
      - bytes: "small"
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('not asked'));
server.on('checkContinue', (req, res) => {
  if (Number(req.headers['content-length']) > 1000) {
    res.writeHead(413, { Connection: 'close' });
    res.end('too big');
    return;
  }
  res.writeContinue();
  req.setEncoding('utf8');
  req.on('data', (text) => console.log('body', text));
  req.on('end', () => res.end('taken'));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
