/*
untraced: its own HTTP/2 streams have no span
steps:
  - http2: GET /users/7
    headers: { x-custom: kept }
  - http2: POST /echo
    body: some text
  - http2: GET /reset
*/
const http2 = require('http2');

const server = http2.createServer();
server.on('stream', (stream, headers, flags) => {
  stream.on('error', (error) => console.log('stream', error.code));
  if (headers[':path'] === '/reset') return stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
  if (headers[':method'] === 'POST') {
    stream.respond({ ':status': 201, 'content-type': 'text/plain' });
    return stream.pipe(stream);
  }
  stream.additionalHeaders({ ':status': 103, link: '</a.css>' });
  stream.respond({ ':status': 200, 'x-seen': headers['x-custom'] }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'x-end': 'yes' }));
  stream.end(`path ${headers[':path']} ${typeof flags}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
