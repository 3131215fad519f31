'use strict';
// Sender and worker are one process where ROLE=both.
const PgBoss = require('pg-boss');

exports.open = async (url) => {
  const boss = new PgBoss({ connectionString: url, max: 5, schema: `boss${Date.now()}` });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  if (boss.createQueue) await boss.createQueue('numbers');
  return {
    send: (n) => boss.send('numbers', { n }, { retryLimit: 2 }),
    async work(handle) {
      const each = (job) => handle(job.data.n, job.data.n === 1 ? [job.name, job.data] : undefined);
      const options = { newJobCheckInterval: 100, pollingIntervalSeconds: 0.5, teamSize: 8, teamConcurrency: 8, batchSize: process.env.BATCH === '1' ? 1 : undefined };
      for (let at = 0; at < 8; at++) await boss.work('numbers', options, (given) => (Array.isArray(given) ? Promise.all(given.map(each)) : each(given)));
    },
  };
};
