/*
steps:
  - GET /crash
  - stdout: replaced
  - request: GET /fine
    port: 2
*/
const cluster = require('cluster');
const http = require('http');

if (cluster.isMaster) {
  const start = () => cluster.fork().on('listening', ({ port }) => console.log(`port ${port}`));
  cluster.once('exit', (worker, code, signal) => {
    console.log('replaced', code, signal);
    start();
  });
  start();
} else {
  http
    .createServer((req, res) => {
      if (req.url === '/crash') setImmediate(() => process.exit(3));
      else res.end('fine');
    })
    .listen(0, '127.0.0.1');
}
