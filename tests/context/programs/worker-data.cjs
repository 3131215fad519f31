// A thread for each request, which is told what to do as it starts.
const path = require('path');
const { Worker } = require('worker_threads');
module.exports = () => (n) => new Promise((resolve, reject) => {
  const worker = new Worker(path.join(__dirname, 'worker-data-thread.mjs'), { workerData: { n } });
  worker.on('message', resolve).on('error', reject);
});
