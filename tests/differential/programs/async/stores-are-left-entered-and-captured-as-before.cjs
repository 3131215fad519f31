/*
nodes: '>=18.16'
steps: [GET /exit, GET /enter, GET /snapshot, GET /bind, GET /nested, GET /off]
*/
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const http = require('http');

const one = new AsyncLocalStorage();
const other = new AsyncLocalStorage();
const outside = AsyncLocalStorage.snapshot();
const later = (work) => new Promise((done) => setTimeout(() => done(work()), 2));
const read = () => `${one.getStore()}/${other.getStore()}`;
const ways = {
  '/exit': async () => one.run('a', () => one.exit(async () => [read(), await later(read)])),
  '/enter': async () => {
    one.enterWith('entered');
    other.enterWith(1);
    return [read(), await later(read)];
  },
  '/snapshot': async () => one.run('s', async () => [outside(read), AsyncLocalStorage.snapshot()(read), await later(read)]),
  '/bind': async () => {
    const bound = one.run('b', () => AsyncLocalStorage.bind(read));
    const resource = other.run('r', () => new AsyncResource('MINE'));
    return [bound(), resource.runInAsyncScope(read), AsyncResource.bind(read)(), await later(bound)];
  },
  '/nested': async () => one.run('x', () => other.run('y', () => one.run('z', async () => [read(), await later(read)]))),
  '/off': async () => {
    one.enterWith('off');
    one.disable();
    return [read(), await later(read)];
  },
};
const server = http.createServer(async (req, res) => {
  console.log(req.url, 'begins', read());
  const found = await ways[req.url]();
  res.on('finish', () => console.log(req.url, 'finish', read()));
  res.on('close', () => console.log(req.url, 'close', read()));
  res.end(JSON.stringify(found));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
