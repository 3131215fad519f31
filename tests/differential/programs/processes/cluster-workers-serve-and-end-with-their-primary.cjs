/*
steps:
  - GET /one
  - GET /two
  - stdout: worker exited
*/
const cluster = require('cluster');
const http = require('http');

if (cluster.isMaster) {
  const worker = cluster.fork();
  worker.on('listening', ({ port }) => console.log(`port ${port}`));
  worker.on('message', (text) => console.log('message', text));
  cluster.on('exit', (ended, code, signal) => {
    console.log('worker exited', code, signal, ended.exitedAfterDisconnect);
  });
} else {
  let count = 0;
  const server = http.createServer((req, res) => {
    count += 1;
    process.send(`served ${req.url}`);
    res.end(`worker ${cluster.worker.id} request ${count}`);
    if (count === 2) cluster.worker.disconnect();
  });
  server.listen(0, '127.0.0.1');
}
