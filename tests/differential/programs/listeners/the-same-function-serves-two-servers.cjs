/*
steps:
  - GET /health
  - request: GET /health
    port: 2
  - request: GET /other
    port: 2
*/
const http = require('http');

function handle(req, res) {
  if (req.url === '/health') res.end(`healthy on ${this === a ? 'a' : 'b'}`);
  else res.writeHead(404).end();
}
const a = http.createServer(handle);
const b = http.createServer(handle);
a.listen(0, '127.0.0.1', () => {
  console.log(`port ${a.address().port}`);
  b.listen(0, '127.0.0.1', () => console.log(`port ${b.address().port}`));
});
