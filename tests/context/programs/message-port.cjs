// A port that is handed over to a thread.
const { MessageChannel, Worker } = require('worker_threads');
const code = `const { parentPort, workerData } = require('worker_threads');
const { ask } = require(workerData.ask);
parentPort.once('message', ({ port }) => port.on('message', (n) => ask(n).then(() => port.postMessage(n))));`;
module.exports = () => {
  const worker = new Worker(code, { eval: true, workerData: { ask: require.resolve('./ask.cjs') } });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ port: port2 }, [port2]);
  worker.unref();
  const waiting = new Map();
  port1.on('message', (n) => waiting.get(n)());
  port1.unref();
  return (n) => new Promise((resolve) => {
    waiting.set(n, resolve);
    port1.postMessage(n);
  });
};
