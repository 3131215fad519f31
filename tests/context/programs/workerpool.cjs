const path = require('path');
const workerpool = require('workerpool');
module.exports = () => {
  const pool = workerpool.pool(path.join(__dirname, 'workerpool-worker.cjs'), { maxWorkers: 2, workerType: process.env.TYPE || 'thread' });
  return async (n) => pool.exec('ask', [n]);
};
