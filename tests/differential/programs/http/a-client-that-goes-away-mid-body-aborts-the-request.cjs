/*
steps:
  - connection:
      - send: |+
          POST /upload HTTP/1.1
          Host: localhost
          Content-Length: 100

      - bytes: "only this"
      - pause: 60
      - reset
  - stdout: 'request closed'
*/
const http = require('http');

const server = http.createServer((req, res) => {
  let size = 0;
  req.on('data', (chunk) => {
    size += chunk.length;
  });
  req.on('aborted', () => console.log('aborted after', size));
  req.on('error', (error) => console.log('error', error.code));
  req.on('end', () => console.log('end'));
  req.on('close', () => console.log('request closed', req.complete, req.destroyed));
  res.on('close', () => console.log('response closed', res.writableEnded, res.writableFinished));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
