/*
steps:
  - GET /before
  - GET /between
  - GET /error
  - GET /request
  - GET /after
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const note = (what) => (error) => console.log(req.url, what, error && error.message, res.headersSent, res.writableFinished, res.destroyed, req.destroyed);
  for (const event of ['close', 'finish', 'error']) res.on(event, note(`response ${event}`));
  for (const event of ['close', 'end', 'error', 'aborted']) req.on(event, note(`request ${event}`));
  req.socket.on('close', (hadError) => console.log(req.url, 'socket closed', hadError));
  if (req.url === '/before') res.socket.destroy();
  if (req.url === '/between') res.write('some', () => res.socket.destroy());
  if (req.url === '/error') res.destroy(new Error('given up'));
  if (req.url === '/request') req.destroy();
  if (req.url === '/after') res.end('all', () => res.socket && res.socket.destroy());
  console.log(req.url, 'then', String(res.write('more')), res.socket === null, res.connection === null);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('uncaughtException', (error) => console.log('uncaught', error.message));
