/*
steps:
  - GET /destroy
  - GET /socket
  - GET /fine
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.on('close', () => console.log(req.url, 'closed', res.writableFinished, res.errored ? res.errored.message : null));
  res.on('error', (error) => console.log('error', error.message));
  if (req.url === '/fine') return res.end('fine');
  res.write('some');
  setTimeout(() => (req.url === '/socket' ? req.socket.destroy() : res.destroy(new Error('on purpose'))), 20);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
