/*
steps:
  - connection:
      - send: |+
          GET /1 HTTP/1.1
          Host: localhost

      - wait: "seen"
      - send: |+
          GET /2 HTTP/1.1
          Host: localhost
          Connection: close

*/
const { AsyncLocalStorage } = require('async_hooks');
const http = require('http');

const storage = new AsyncLocalStorage();
const server = http.createServer((req, res) => {
  const before = storage.getStore();
  storage.enterWith(req.url);
  setTimeout(() => res.end(`seen ${storage.getStore()} before ${before}`), 5);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
