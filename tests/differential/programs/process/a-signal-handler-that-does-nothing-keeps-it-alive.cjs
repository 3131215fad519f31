/*
steps:
  - GET /
  - signal: SIGINT
  - stdout: got SIGINT 1
  - signal: SIGINT
  - stdout: got SIGINT 2
  - GET /
*/
const http = require('http');

const server = http.createServer((_req, res) => res.end('ok'));
let got = 0;
process.on('SIGINT', (signal, number) => console.log(`got ${signal} ${++got} ${number}`));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
