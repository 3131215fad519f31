// A thread whose code is a text.
const { Worker } = require('worker_threads');
const code = `const { parentPort, workerData } = require('worker_threads');
const { ask } = require(workerData.ask);
parentPort.on('message', (n) => ask(n).then(() => parentPort.postMessage(n)));`;
module.exports = () => {
  const worker = new Worker(code, { eval: true, workerData: { ask: require.resolve('./ask.cjs') } });
  const waiting = new Map();
  worker.on('message', (n) => waiting.get(n)());
  worker.unref();
  return (n) => new Promise((resolve) => {
    waiting.set(n, resolve);
    worker.postMessage(n);
  });
};
