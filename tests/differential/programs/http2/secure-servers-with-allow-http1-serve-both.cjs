/*
untraced: whether its HTTP/1 requests have a span is not what is compared
steps:
  - http2: GET /two
    tls: true
  - request: GET /one
    tls: true
*/
const fs = require('fs');
const http2 = require('http2');

const pem = fs.readFileSync(process.env.CERTIFICATE);
function handle(req, res) {
  res.setHeader('x-version', req.httpVersion);
  res.end(`${req.url} ${req.socket.alpnProtocol || req.stream.session.alpnProtocol}`);
}
const server = http2.createSecureServer({ key: pem, cert: pem, allowHTTP1: true }, handle);
console.log(server.listeners('request')[0] === handle);
server.off('request', handle);
server.on('request', handle);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
