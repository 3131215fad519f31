/*
steps:
  - connection:
      - send: |+
          GET /1 HTTP/1.1
          Host: localhost

      - wait: "version 1"
      - send: |+
          GET /2 HTTP/1.1
          Host: localhost
          Connection: close

*/
const http = require('http');

let current = version(1);
function version(number) {
  return function serve(req, res) {
    const next = version(number + 1);
    server.off('request', current).on('request', next);
    current = next;
    res.end(`version ${number}`);
  };
}
const server = http.createServer();
server.on('request', current);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
