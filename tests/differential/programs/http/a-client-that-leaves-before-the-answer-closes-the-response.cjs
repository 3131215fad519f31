/*
steps:
  - connection:
      - send: |+
          GET /slow HTTP/1.1
          Host: localhost

      - pause: 60
      - reset
  - stdout: 'wrote'
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.on('close', () => {
    console.log('closed', res.writableEnded, res.destroyed, res.socket === null);
    setTimeout(() => console.log('wrote', res.write('too late')), 10);
  });
  res.on('error', (error) => console.log('error', error.code));
  res.on('finish', () => console.log('finish'));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
