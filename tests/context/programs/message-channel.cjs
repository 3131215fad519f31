// Two ends in one thread.
const { MessageChannel } = require('worker_threads');
module.exports = ({ call }) => {
  const { port1, port2 } = new MessageChannel();
  const waiting = new Map();
  port2.on('message', (n) => call(n).then(waiting.get(n)));
  port2.unref();
  return (n) => new Promise((resolve) => {
    waiting.set(n, resolve);
    port1.postMessage(n);
  });
};
