/*
steps:
  - connection:
      - send: |+
          GET /1 HTTP/1.1
          Host: x

          GET /2 HTTP/1.1
          Host: x

      - wait: '/2'
      - send: |+
          GET /3 HTTP/1.1
          Host: x
          Connection: close

      - wait: '/3'
*/
// What libraries did before Node had AsyncLocalStorage, as its documentation shows it.
const { createHook, executionAsyncResource, executionAsyncId, triggerAsyncId } = require('async_hooks');
const http = require('http');

const STORE = Symbol('store');
const byId = new Map();
createHook({
  init(id, type, trigger, resource) {
    const current = executionAsyncResource();
    if (current) resource[STORE] = current[STORE];
    if (byId.has(executionAsyncId())) byId.set(id, byId.get(executionAsyncId()));
  },
  destroy(id) {
    byId.delete(id);
  },
}).enable();

const server = http.createServer((req, res) => {
  console.log(req.url, 'found', executionAsyncResource()[STORE], byId.get(executionAsyncId()), executionAsyncId() > 0, triggerAsyncId() > 0);
  executionAsyncResource()[STORE] = req.url;
  byId.set(executionAsyncId(), req.url);
  setTimeout(async () => {
    await null;
    const [by, of] = [byId.get(executionAsyncId()), executionAsyncResource()[STORE]];
    res.end(`${req.url} ${by} ${of}`);
  }, 2);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
