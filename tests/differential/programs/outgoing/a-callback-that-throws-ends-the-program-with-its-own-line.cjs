/*
ends: itself
*/
'use strict';
const http = require('http');

process.on('exit', (code) => console.log(`exit ${code}`));
const server = http.createServer((req, res) => res.end('ok'));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port }, (res) => {
    throw new RangeError(`status ${res.statusCode}`);
  });
});
