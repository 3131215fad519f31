/*
steps:
  - request: POST /
    body: 0123456789
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const parts = [];
  req.on('readable', () => {
    for (let part = req.read(4); part !== null; part = req.read(4)) parts.push(String(part));
    const rest = req.read();
    if (rest !== null) parts.push(String(rest));
  });
  req.on('end', () => res.end(parts.join('|')));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
