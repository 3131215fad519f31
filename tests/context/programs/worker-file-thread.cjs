const { parentPort } = require('worker_threads');
const { ask } = require('./ask.cjs');
parentPort.on('message', ({ n }) => {
  setTimeout(() => ask(n).then(() => parentPort.postMessage({ n })), n % 3);
});
