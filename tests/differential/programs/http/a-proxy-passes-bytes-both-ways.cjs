/*
steps:
  - request: POST /path?x=1
    port: 2
    headers: { X-Custom: kept, traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 }
    body: the body
*/
const http = require('http');

const origin = http.createServer((req, res) => {
  res.writeHead(202, { 'X-Origin': 'yes', 'X-Seen': req.headers['x-custom'] });
  req.pipe(res);
});
origin.listen(0, '127.0.0.1', () => {
  console.log(`port ${origin.address().port}`);
  const proxy = http.createServer((req, res) => {
    const { traceparent, ...headers } = req.headers;
    const outgoing = http.request({ port: origin.address().port, host: '127.0.0.1', method: req.method, path: req.url, headers }, (incoming) => {
      res.writeHead(incoming.statusCode, incoming.headers);
      incoming.pipe(res);
    });
    req.pipe(outgoing);
  });
  proxy.listen(0, '127.0.0.1', () => console.log(`port ${proxy.address().port}`));
});
