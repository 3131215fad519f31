/*
nodes: '<22'
steps:
  - GET /
*/
const hooks = require('async_hooks');
const http = require('http');

const seen = new Set();
hooks.createHook({ init: (id, type) => seen.add(type) }).enable();
const server = http.createServer((req, res) => {
  const id = hooks.executionAsyncId() > 0;
  setTimeout(() => res.end(`${id} ${[...seen].filter((type) => /^HTTP|^TCP(SERVER)?WRAP/.test(type)).sort().join()}`), 1);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
