'use strict';
const Queue = require('bull');

exports.open = async (url) => {
  const queue = new Queue('numbers', url);
  await queue.isReady();
  return {
    async send(n) {
      const options = { attempts: 3, removeOnComplete: n !== 1 };
      if (n % 10 === 3 && process.env.BULK !== '0') await queue.addBulk([{ name: 'square', data: { n }, opts: options }]);
      else await queue.add('square', { n }, options);
    },
    async work(handle, concurrency) {
      queue.on('error', (error) => console.error(error));
      queue.process('square', concurrency, (job) =>
        handle(job.data.n, job.data.n === 1 ? [job.name, job.data, Object.keys(job.opts)] : undefined),
      );
    },
  };
};
