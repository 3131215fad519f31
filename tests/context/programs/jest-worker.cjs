const path = require('path');
const { Worker } = require('jest-worker');
module.exports = () => {
  const pool = new Worker(path.join(__dirname, 'jest-worker-task.cjs'), { numWorkers: 2, enableWorkerThreads: process.env.TYPE !== 'process' });
  return (n) => pool.ask(n);
};
