// Preloaded into a replayed program: it listens on a port of its own, and says what had run by then, in order.
const { renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { Server } = require('node:net');

// The cache is filled before an ES module runs; this is called as each file runs.
const loaded = [];
const run = Module._extensions['.js'];
Module._extensions['.js'] = function runFile(module, filename) {
  loaded.push(filename);
  return run.call(this, module, filename);
};

const { listen } = Server.prototype;
Server.prototype.listen = function onOwnPort(...given) {
  const callback = given.find((each) => typeof each === 'function');
  this.once('listening', () => tell(this.address().port));
  return callback ? listen.call(this, 0, '127.0.0.1', callback) : listen.call(this, 0, '127.0.0.1');
};

function tell(port) {
  const file = process.env.REPLAY_FACTS;
  writeFileSync(`${file}.new`, JSON.stringify({ port, loaded }));
  renameSync(`${file}.new`, file);
}
