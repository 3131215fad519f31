/*
nodes: '>=14'
steps:
  - together:
      - GET /a
      - GET /b
*/
const { AsyncLocalStorage } = require('async_hooks');
const http = require('http');

const storage = new AsyncLocalStorage();
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const server = http.createServer((req, res) => {
  storage.run({ url: req.url }, async () => {
    await wait(req.url === '/a' ? 40 : 10);
    req.on('close', () => {});
    res.on('finish', () => {});
    await Promise.all([wait(1), new Promise(setImmediate)]);
    process.nextTick(() => queueMicrotask(() => res.end(`${storage.getStore().url} ${storage.getStore() === undefined}`)));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
