'use strict';
// Adds MESSAGES jobs and works on them, eight at once; says how many a second and how much CPU each took.
if (process.env.PLAIN !== '1') require('@tracewright/middleware/register').register({ serviceName: 'messages' });
const { Queue, Worker } = require('bullmq');

const messages = Number(process.env.MESSAGES);
const connection = { host: '127.0.0.1', port: Number(process.env.PORT), maxRetriesPerRequest: null };

async function main() {
  const queue = new Queue(`bench-${process.pid}`, { connection });
  const round = async (count) => {
    let left = count;
    const done = new Promise((resolve) => {
      const worker = new Worker(queue.name, async (job) => job.data.n * job.data.n, { connection, concurrency: 8 });
      worker.on('completed', () => {
        left -= 1;
        if (left === 0) resolve(worker);
      });
    });
    let next = 0;
    const add = async () => {
      while (next < count) await queue.add('square', { n: next++ }, { removeOnComplete: true });
    };
    await Promise.all(Array.from({ length: 8 }, add));
    await (await done).close();
  };
  await round(500);
  const [start, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
  await round(messages);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(JSON.stringify({ perSecond: messages / seconds, cpu: (user + system) / messages }));
  await queue.close();
  process.exit();
}
main();
