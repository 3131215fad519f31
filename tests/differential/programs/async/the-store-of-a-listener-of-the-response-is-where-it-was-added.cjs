/*
steps:
  - request: POST /
    body: abc
*/
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const http = require('http');

const storage = new AsyncLocalStorage();
const server = http.createServer((req, res) => {
  storage.run('of the request', () => {
    req.on('data', AsyncResource.bind(() => console.log('data', storage.getStore())));
    req.on('end', () => console.log('end', storage.getStore()));
    res.on('finish', () => console.log('finish', storage.getStore()));
    res.on('close', () => console.log('close', storage.getStore()));
    setTimeout(() => res.end('ok'), 10);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
