/*
steps:
  - GET /
*/
const http = require('http');

const server = http.createServer((req, res) => {
  let drains = 0;
  let left = 40;
  const chunk = 'x'.repeat(65536);
  res.on('drain', () => {
    drains += 1;
  });
  const write = () => {
    while (left > 0) {
      left -= 1;
      if (!res.write(chunk)) {
        res.once('drain', write);
        return;
      }
    }
    res.end(() => console.log('sent', drains > 0));
  };
  write();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
