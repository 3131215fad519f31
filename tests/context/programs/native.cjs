// What keeps its context by itself.
const { promisify } = require('util');
const { once, EventEmitter } = require('events');
const fs = require('fs');
const zlib = require('zlib');
const crypto = require('crypto');
let shared;
module.exports = ({ call }) => async (n) => {
  shared = shared || new Promise((resolve) => setTimeout(resolve, 20));
  await shared;
  await promisify(fs.stat)(__filename);
  await promisify(zlib.gzip)('text');
  await promisify(crypto.randomBytes)(8);
  const emitter = new EventEmitter();
  setTimeout(() => emitter.emit('go'), 2);
  await once(emitter, 'go');
  await new Promise((resolve) => process.nextTick(() => setImmediate(() => queueMicrotask(resolve))));
  await call(n);
};
