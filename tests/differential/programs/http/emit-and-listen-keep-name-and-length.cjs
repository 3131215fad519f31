/*
steps:
  - GET /
*/
const http = require('http');
const net = require('net');
const { EventEmitter } = require('events');

const server = http.createServer((req, res) => {
  res.end(`${req.emit.name} ${req.emit.length} ${res.emit.name} ${res.emit.length}`);
});
console.log(server.emit.name, server.emit.length, EventEmitter.prototype.emit.length, process.emit.name, process.emit.length);
console.log(server.listen.name, server.listen.length, net.Server.prototype.listen.length, Object.keys(process).includes('emit'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
