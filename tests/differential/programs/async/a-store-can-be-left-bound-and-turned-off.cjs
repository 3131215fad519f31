/*
nodes: '>=18'
steps:
  - GET /
  - GET /
*/
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const http = require('http');

const [one, other] = [new AsyncLocalStorage(), new AsyncLocalStorage()];
let bound;
const server = http.createServer((req, res) => {
  const said = [one.getStore(), other.getStore(), bound && bound()];
  one.enterWith('entered');
  other.run('run', () => {
    bound = bound || AsyncResource.bind(() => `${one.getStore()} ${other.getStore()}`);
    one.exit(() => said.push(one.getStore(), other.getStore()));
    setTimeout(() => {
      said.push(one.getStore(), other.getStore());
      other.disable();
      said.push(other.getStore());
      Promise.resolve().then(() => {
        said.push(one.getStore(), other.getStore());
        res.end(said.map(String).join('\n'));
      });
    }, 5);
  });
  said.push(one.getStore(), other.getStore());
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
