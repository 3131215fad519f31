'use strict';
const { Queue, Worker } = require('bullmq');

exports.open = async (url) => {
  const { hostname: host, port } = new URL(url);
  const connection = { host, port: Number(port), maxRetriesPerRequest: null };
  let queue;
  return {
    async send(n) {
      queue = queue || new Queue('numbers', { connection });
      const options = { attempts: 3, removeOnComplete: n !== 1 };
      if (n % 10 === 3) await queue.addBulk([{ name: 'square', data: { n }, opts: options }]);
      else await queue.add('square', { n }, options);
    },
    async work(handle, concurrency) {
      const worker = new Worker('numbers', (job) => handle(job.data.n, job.data.n === 1 ? [job.name, job.data, job.opts] : undefined), {
        connection,
        concurrency,
      });
      worker.on('error', (error) => console.error(error));
      await worker.waitUntilReady();
    },
  };
};
