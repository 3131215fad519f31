/*
steps:
  - GET /fib/20
  - GET /fib/x
  - stdout: worker exit 1
*/
const http = require('http');
const { Worker, isMainThread, parentPort, workerData, threadId } = require('worker_threads');

function compute(input) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: input });
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => console.log('worker exit', code));
  });
}
if (isMainThread) {
  const server = http.createServer(async (req, res) => {
    try {
      res.end(String(await compute(req.url.slice(5))));
    } catch (error) {
      res.statusCode = 500;
      res.end(error.message);
    }
  });
  server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
} else {
  const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
  if (Number.isNaN(Number(workerData))) throw new TypeError(`not a number: ${workerData}`);
  console.log('in a worker', threadId > 0);
  parentPort.postMessage(fib(Number(workerData)));
}
