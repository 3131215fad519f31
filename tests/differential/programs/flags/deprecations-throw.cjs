/*
node-args: [--throw-deprecation, --pending-deprecation, --trace-warnings]
steps:
  - GET /
*/
const http = require('http');

process.on('warning', (warning) => console.log('warning', warning.message));
const server = http.createServer((req, res) => {
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/inner', agent: false }, (inner) => inner.resume().on('end', () => res.end('fine')));
});
server.prependListener('request', (req, res) => {
  if (req.url === '/inner') {
    server.removeAllListeners('nothing');
    res.end('inner');
    res.end = () => res;
    req.url = '/';
  }
});
server.removeAllListeners('request');
server.on('request', (req, res) => {
  if (req.url === '/inner') return res.end('inner');
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/inner', agent: false }, (inner) => inner.resume().on('end', () => res.end('fine')));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
