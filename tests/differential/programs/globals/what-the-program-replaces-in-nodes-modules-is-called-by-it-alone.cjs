/*
env: { OTEL_BSP_SCHEDULE_DELAY: 5, OTEL_EXPORTER_OTLP_COMPRESSION: gzip }
steps: [GET /1, GET /2, { pause: 150 }, GET /3, { pause: 100 }, GET /calls]
*/
// Tests that may not reach a network, recorders of calls and sandboxes do this.
const http = require('http');

const calls = [];
const watch = (name, ...functions) => {
  const owner = require(name);
  for (const key of functions) {
    const original = owner[key];
    owner[key] = function (...given) {
      calls.push(`${name}.${key}`);
      return new.target ? new original(...given) : original.apply(this, given);
    };
  }
};
watch('http', 'request', 'get', 'ClientRequest');
watch('https', 'request', 'get');
watch('net', 'connect', 'createConnection');
watch('dns', 'lookup');
watch('zlib', 'gzip', 'gzipSync', 'createGzip');
watch('crypto', 'randomBytes', 'randomFillSync');
watch('worker_threads', 'Worker');
watch('child_process', 'spawn', 'spawnSync', 'fork');
watch('fs', 'readFileSync', 'existsSync', 'statSync', 'writeFileSync');
watch('os', 'hostname', 'cpus');
watch('url', 'parse');
watch('timers', 'setTimeout', 'setInterval');

const server = http.createServer((req, res) => res.end(req.url === '/calls' ? calls.join('\n') : req.url));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('exit', () => console.log(calls.join()));
process.on('SIGTERM', () => process.exit(0));
