const Module = require('module');
const http = require('http');
const path = require('path');

const say = (module) => [path.basename(module.id), module.loaded, Object.keys(module).join(), Object.getOwnPropertyDescriptor(module, 'loaded')];
console.log(...say(module), require.main === module, module.parent);
const first = require('./first.cjs');
console.log(...say(first.module), first.during);
console.log(module.children.map(({ id }) => path.basename(id)).filter((name) => !/instrumentation|http\.js$/.test(name)).join());
console.log(Object.keys(require.cache[require.resolve('./first.cjs')]).join());
const made = new Module('made', module);
console.log(made.loaded, Object.keys(made).join());
made._compile('module.exports = 7', path.join(__dirname, 'made.cjs'));
console.log(made.exports, made.loaded);
delete require.cache[require.resolve('./first.cjs')];
console.log(require('./first.cjs') === first);
try {
  require('./fails.cjs');
} catch (error) {
  console.log(error.message, require.resolve('./fails.cjs') in require.cache);
}
const server = http.createServer((req, res) => res.end(String(module.loaded)));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
