// One thread for all requests: the file is the program's own and answers by number.
const path = require('path');
const { Worker } = require('worker_threads');
module.exports = () => {
  const worker = new Worker(path.join(__dirname, 'worker-file-thread.cjs'));
  const waiting = new Map();
  worker.on('message', ({ n }) => {
    waiting.get(n)();
    waiting.delete(n);
  });
  worker.unref();
  return (n) => new Promise((resolve) => {
    waiting.set(n, resolve);
    worker.postMessage({ n });
  });
};
