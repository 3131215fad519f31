/*
steps:
  - GET /users/7
  - request: HEAD /users/7
  - request: POST /echo
    headers: { Content-Type: text/plain, X-Twice: [a, b] }
    body: some text
*/
'use strict';
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.method === 'POST') {
    res.writeHead(201, 'Made', { 'X-Raw': JSON.stringify(req.rawHeaders), 'x-MIXED-case': 'kept' });
    req.pipe(res);
    return;
  }
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ url: req.url, own: Object.keys(req).length > 0 }));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
