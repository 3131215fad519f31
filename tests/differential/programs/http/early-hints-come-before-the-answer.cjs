/*
nodes: '>=18.11'
steps:
  - GET /
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.writeEarlyHints({ link: ['</a.css>; rel=preload', '</b.js>; rel=preload'], 'x-trace-id': 'of the app' });
  res.writeProcessing();
  res.setHeader('Content-Type', 'text/html');
  res.end('<p>');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
