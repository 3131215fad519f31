/*
nodes: '>=18'
steps: [GET /a, GET /b, GET /c, GET /d, GET /e, GET /f]
*/
const http = require('http');

const attempt = (what, work) => {
  try {
    console.log(what, 'gave', String(work()));
  } catch (error) {
    console.log(what, error.name, error.code, error.message);
  }
};
const server = http.createServer((req, res) => {
  attempt('status', () => res.writeHead(99));
  attempt('name', () => res.setHeader('not a name', '1'));
  attempt('value', () => res.setHeader('x', 'line\nbreak'));
  attempt('nothing', () => res.setHeader('x', undefined));
  attempt('flush', () => (req.url === '/b' ? res.flushHeaders() : 'not'));
  if (req.url === '/c') res.strictContentLength = true;
  if (req.url === '/c') res.setHeader('Content-Length', 3);
  if (req.url === '/d') res.sendDate = false;
  if (req.url === '/d') res.shouldKeepAlive = false;
  if (req.url === '/e') res.useChunkedEncodingByDefault = false;
  if (req.url === '/f') attempt('message', () => res.writeHead(200, 'Quite Fine', ['X-A', '1', 'X-A', '2']));
  attempt('append', () => res.appendHeader && res.appendHeader('x-more', ['1', '2']).hasHeader('x-more'));
  attempt('late', () => (res.headersSent ? res.setHeader('x-late', '1') : 'not yet'));
  attempt('twice', () => res.writeHead(200).writeHead(201) === res);
  attempt('write', () => res.write('a'));
  attempt('trailers', () => res.addTrailers({ 'x-t': '1' }));
  attempt('null', () => res.write(null));
  attempt('number', () => res.end(5));
  attempt('end', () => res.end('bc') === res);
  attempt('end again', () => res.end() === res);
  console.log(JSON.stringify(res.getHeaders()), res.getHeaderNames().join(), res.getRawHeaderNames && res.getRawHeaderNames().join());
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
