/*
node-args: [--frozen-intrinsics, --no-warnings]
steps:
  - GET /in
  - GET /out
  - GET /fetch
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const address = `http://127.0.0.1:${server.address().port}/in`;
  console.log(req.url, Object.isFrozen(console), Object.isFrozen(Array.prototype));
  if (req.url === '/out') http.get(address, (answer) => answer.pipe(res)).on('error', (error) => res.end(String(error)));
  else if (req.url === '/fetch') {
    Promise.resolve()
      .then(() => fetch(address))
      .then((answer) => answer.text())
      .then(
        (text) => res.end(text),
        (error) => res.end(String(error)),
      );
  } else res.end('in');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
