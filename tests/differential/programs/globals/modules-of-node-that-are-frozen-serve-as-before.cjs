/*
steps: [GET /1, GET /out]
*/
'use strict';
const http = require('http');
const https = require('https');
const net = require('net');

for (const part of [http, https, net, http.Server.prototype, net.Server.prototype]) Object.freeze(part);
const attempt = (what, work) => {
  try {
    work();
    console.log(what, 'done');
  } catch (error) {
    console.log(what, error.name);
  }
};
attempt('function', () => {
  http.request = () => undefined;
});
attempt('class', () => {
  http.Server = class {};
});
attempt('method', () => {
  http.Server.prototype.extra = 1;
});
attempt('emit', () => {
  http.Server.prototype.emit = () => true;
});
const server = http.createServer((req, res) => {
  attempt('own emit', () => {
    req.extra = 1;
  });
  if (req.url !== '/out') return res.end('ok');
  http.get({ port: server.address().port, path: '/in', agent: false }, (answer) => answer.pipe(res));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
