'use strict';
// The worker works itself, or has a file worked on in a process or thread, whichever MODE says.
const path = require('path');
const { Queue, Worker } = require('bullmq');

const { BROKER, MODE } = process.env;
const { hostname: host, port } = new URL(BROKER);
const connection = { host, port: Number(port), maxRetriesPerRequest: null };

exports.open = async () => {
  let queue;
  return {
    async send(n) {
      queue = queue || new Queue('numbers', { connection });
      const options = { attempts: 3, removeOnComplete: n !== 1 };
      if (n % 10 === 3) await queue.addBulk([{ name: 'square', data: { n }, opts: options }]);
      else await queue.add('square', { n }, options);
    },
    async work(handle, concurrency) {
      const here = (job) => handle(job.data.n, job.data.n === 1 ? [job.name, job.data, job.opts] : undefined);
      const processor = MODE === undefined ? here : path.join(__dirname, 'bullmq-job.cjs');
      const worker = new Worker('numbers', processor, { connection, concurrency, useWorkerThreads: MODE === 'thread' });
      worker.on('error', (error) => console.error(error));
      worker.on('completed', (job) => process.stdout.write(`completed ${job.data.n}\n`));
      await worker.waitUntilReady();
    },
  };
};
