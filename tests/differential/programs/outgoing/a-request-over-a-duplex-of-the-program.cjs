/*
steps:
  - GET /
*/
const http = require('http');
const { Duplex } = require('stream');

class Echo extends Duplex {
  constructor() {
    super();
    this.sent = '';
  }
  _read() {}
  _write(chunk, _encoding, done) {
    this.sent += chunk;
    done();
    if (!this.sent.endsWith('\r\n\r\n') || this.isAnswered) return;
    this.isAnswered = true;
    this.push('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
  }
  setTimeout() {}
  setNoDelay() {}
  setKeepAlive() {}
  ref() {}
  unref() {}
}
const server = http.createServer((req, res) => {
  const echo = new Echo();
  const said = [];
  const sent = http.get({ host: 'nowhere.invalid', path: '/a?b=1', createConnection: () => echo }, (inner) => {
    said.push(inner.statusCode, inner.socket === echo);
    inner.on('data', (bytes) => said.push(String(bytes)));
    inner.on('end', () => res.end([...said, echo.sent.replace(/^traceparent.*\r\n/gim, '')].join('\n')));
  });
  for (const event of ['socket', 'finish']) sent.on(event, () => said.push(event));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
