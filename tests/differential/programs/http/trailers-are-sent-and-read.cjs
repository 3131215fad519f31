/*
steps:
  - connection:
      - send: |+
          POST / HTTP/1.1
          Host: localhost
          Transfer-Encoding: chunked
          Trailer: X-Sum
          Connection: close

          3
          abc
          0
          X-Sum: 294

*/
const http = require('http');

const server = http.createServer((req, res) => {
  req.resume();
  req.on('end', () => {
    res.writeHead(200, { Trailer: 'X-Received' });
    res.write(JSON.stringify(req.rawTrailers));
    res.addTrailers({ 'X-Received': req.trailers['x-sum'] });
    res.end();
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
