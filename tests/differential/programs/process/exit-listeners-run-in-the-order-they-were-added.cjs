/*
steps: [GET /1, GET /end]
ends: itself
*/
const http = require('http');

const say = (what) => (code) => console.log(what, code, process.exitCode);
process.on('exit', say('first'));
process.prependListener('exit', say('before'));
process.once('exit', say('once'));
process.on('exit', () => {
  process.exitCode = 4;
  console.log('listeners', process.listeners('exit').length, process.rawListeners('exit').length);
  process.on('exit', say('never'));
});
process.on('beforeExit', (code) => console.log('beforeExit', code));
process.emit('exit', 'by hand');
const server = http.createServer((req, res) => {
  res.setHeader('Connection', 'close');
  res.end(req.url);
  if (req.url === '/end') server.close(() => console.log('closed'));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
