/*
steps:
  - GET /
*/
// Modules of this program and of a package: their properties, before and after they have loaded, and what a failing one leaves behind.
const Module = require('module');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { inspect } = require('util');
const http = require('http');

const show = (label, value) => console.log(label, inspect(value, { depth: 0, breakLength: 200 }));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modules-'));
fs.mkdirSync(path.join(folder, 'node_modules/p-limit'), { recursive: true });
fs.writeFileSync(path.join(folder, 'node_modules/p-limit/index.js'), 'exports.wasLoaded = module.loaded; exports.keys = Object.keys(module).sort(); exports.limit = (fn) => fn;');
fs.writeFileSync(path.join(folder, 'node_modules/p-limit/broken.js'), "throw new Error('broken')");
const load = Module.createRequire(path.join(folder, 'main.js'));

show('own', [Object.keys(module).sort(), module.loaded]);
const loaded = load('p-limit');
show('exports', [Object.keys(loaded), loaded.wasLoaded, typeof loaded.limit]);
show('keys', loaded.keys);
const record = load.cache[fs.realpathSync(path.join(folder, 'node_modules/p-limit/index.js'))];
show('record', [record.loaded, Object.getOwnPropertyDescriptor(record, 'loaded'), record instanceof Module]);
try {
  load('p-limit/broken.js');
} catch (error) {
  show('error', error.message);
}
const made = new Module('made');
show('made', [made.loaded, Object.getOwnPropertyDescriptor(made, 'loaded'), Object.keys(made).includes('loaded')]);
fs.rmSync(folder, { recursive: true });
const server = http.createServer((_req, res) => res.end('ok')).listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
