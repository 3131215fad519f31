/*
untraced: its own HTTP/2 streams have no span
nodes: '>=14 <24'
steps:
  - http2: GET /page
  - stdout: session closed
*/
const http2 = require('http2');

const server = http2.createServer();
server.on('session', (session) => {
  console.log('session', session.type === http2.constants.NGHTTP2_SESSION_SERVER);
  session.on('close', () => console.log('session closed'));
});
server.on('stream', (stream) => {
  console.log('push allowed', stream.pushAllowed);
  stream.respond({ ':status': 200 });
  stream.end('page');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
