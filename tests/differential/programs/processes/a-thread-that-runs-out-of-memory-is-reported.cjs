/*
steps: [GET /1]
ends: itself
*/
const http = require('http');
const { Worker, isMainThread, resourceLimits } = require('worker_threads');

if (isMainThread) {
  const server = http.createServer((req, res) => {
    const worker = new Worker(__filename, { resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 } });
    worker.on('message', (message) => console.log('message', message));
    worker.on('error', (error) => console.log('error', error.code));
    worker.on('exit', (code) => {
      res.setHeader('Connection', 'close');
      res.end(`ended ${code}`);
      server.close();
    });
  });
  server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
} else {
  require('worker_threads').parentPort.postMessage(resourceLimits.maxOldGenerationSizeMb);
  const all = [];
  for (;;) all.push(new Array(1000).fill(all.length));
}
