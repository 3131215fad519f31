/*
steps:
  - connection:
      - send: |+
          POST / HTTP/1.1
          Host: localhost
          Content-Length: 9
          Connection: close

      - bytes: "one"
      - pause: 30
      - bytes: "two"
      - pause: 30
      - bytes: "end"
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const seen = [];
  req.setEncoding('utf8');
  req.on('data', (text) => {
    seen.push(text);
    req.pause();
    seen.push(req.isPaused());
    setTimeout(() => req.resume(), 5);
  });
  req.on('end', () => res.end(JSON.stringify([seen, req.readableFlowing, req.readableEnded])));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
