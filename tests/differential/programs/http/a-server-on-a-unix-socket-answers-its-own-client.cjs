/*
ends: itself
*/
const http = require('http');

const socketPath = 'own.sock';
const server = http.createServer((req, res) => res.end(`${req.socket.remoteAddress} ${req.url}`));
server.listen(socketPath, () => {
  http.get({ socketPath, path: '/over/a/socket' }, (res) => {
    res.setEncoding('utf8');
    res.on('data', (text) => console.log(res.statusCode, text));
    res.on('end', () => server.close());
  });
});
