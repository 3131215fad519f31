/*
nodes: '>=16' # before, Node's own performance.now asks process.hrtime
env: { OTEL_BSP_SCHEDULE_DELAY: 5 }
steps: [GET /1, GET /2, { pause: 100 }, GET /3, GET /calls]
*/
const http = require('http');

const calls = [];
const count = (owner, key, name) => {
  const original = owner[key];
  if (original === undefined) return;
  owner[key] = new Proxy(original, {
    apply(target, self, given) {
      calls.push(name);
      return Reflect.apply(target, self, given);
    },
    construct(target, given) {
      calls.push(`new ${name}`);
      return Reflect.construct(target, given);
    },
  });
};
const server = http.createServer((req, res) => res.end(req.url === '/calls' ? calls.join('\n') : req.url));
server.listen(0, '127.0.0.1', () => {
  console.log(`port ${server.address().port}`);
  count(JSON, 'stringify', 'JSON.stringify');
  count(JSON, 'parse', 'JSON.parse');
  count(global, 'URL', 'URL');
  count(global, 'URLSearchParams', 'URLSearchParams');
  count(global, 'fetch', 'fetch');
  count(global, 'queueMicrotask', 'queueMicrotask');
  count(Math, 'random', 'Math.random');
  count(process, 'hrtime', 'process.hrtime');
  count(process, 'cwd', 'process.cwd');
  count(process, 'memoryUsage', 'process.memoryUsage');
  count(process.stderr, 'write', 'stderr.write');
});
process.on('exit', () => console.log(calls.join()));
process.on('SIGTERM', () => process.exit(0));
