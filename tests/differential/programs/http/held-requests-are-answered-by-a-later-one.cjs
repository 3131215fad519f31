/*
steps:
  - together:
      - GET /poll/1
      - GET /poll/2
      - connection:
          - send: |+
              GET /poll/3 HTTP/1.1
              Host: x

          - pause: 30
          - reset
      - connection:
          - pause: 100
          - send: |+
              GET /say HTTP/1.1
              Host: x
              Connection: close

          - wait: said
*/
// Long polling: who asks is kept until there is something to say.
const http = require('http');

const waiting = new Map();
const server = http.createServer((req, res) => {
  if (req.url !== '/say') {
    waiting.set(req.url, res);
    res.on('close', () => {
      waiting.delete(req.url);
      if (!res.writableEnded) console.log('left', req.url);
    });
    return;
  }
  const all = [...waiting].sort();
  for (const [url, held] of all) held.end(`for ${url}`);
  res.end(`said to ${all.map(([url]) => url)}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
