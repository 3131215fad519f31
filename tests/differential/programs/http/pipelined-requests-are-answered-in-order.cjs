/*
steps:
  - connection:
      - send: |+
          GET /slow HTTP/1.1
          Host: localhost

          GET /fast HTTP/1.1
          Host: localhost

          GET /last HTTP/1.1
          Host: localhost
          Connection: close

*/
const http = require('http');

const server = http.createServer((req, res) => {
  console.log('begins', req.url);
  const answer = () => {
    console.log('answers', req.url);
    res.end(req.url);
  };
  if (req.url === '/slow') setTimeout(answer, 40);
  else answer();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
