'use strict';
const Queue = require('bee-queue');

exports.open = async (url) => {
  const queue = new Queue('numbers', { redis: { url }, isWorker: process.env.ROLE === 'worker' });
  await queue.ready();
  return {
    send: (n) => queue.createJob({ n }).retries(2).save(),
    async work(handle, concurrency) {
      queue.on('error', (error) => console.error(error));
      queue.process(concurrency, (job) => handle(job.data.n, job.data.n === 1 ? [job.data, Object.keys(job.options)] : undefined));
    },
  };
};
