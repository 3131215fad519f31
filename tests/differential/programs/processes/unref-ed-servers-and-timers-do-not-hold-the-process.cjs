/*
ends: itself
untraced: it takes no request
*/
const http = require('http');

const server = http.createServer(() => {});
server.listen(0, '127.0.0.1', () => {
  server.unref();
  console.log('listening', server.listening);
});
setTimeout(() => console.log('never'), 60000).unref();
process.on('exit', (code) => console.log('exit', code, process.exitCode));
