/*
steps:
  - request: GET /
    headers: { X-Large: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }
  - request: GET /
    headers: { X-Small: a }
*/
const http = require('http');

const server = http.createServer({ maxHeaderSize: 256 }, (req, res) => res.end(String(http.maxHeaderSize)));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
