/*
steps:
  - GET /events
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  res.flushHeaders();
  let id = 0;
  const timer = setInterval(() => {
    id += 1;
    res.write(`id: ${id}\ndata: ${JSON.stringify({ id })}\n\n`);
    if (id === 3) {
      clearInterval(timer);
      res.end();
    }
  }, 15);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
