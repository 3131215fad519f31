// The thread only calculates; the call is made by the listener of its answers.
const { Worker } = require('worker_threads');
const code = `const { parentPort } = require('worker_threads');
parentPort.on('message', (n) => setTimeout(() => parentPort.postMessage(n), n % 4));`;
module.exports = ({ call }) => {
  const worker = new Worker(code, { eval: true });
  const waiting = new Map();
  worker.on('message', (n) => call(n).then(waiting.get(n)));
  worker.unref();
  return (n) => new Promise((resolve) => {
    waiting.set(n, resolve);
    worker.postMessage(n);
  });
};
