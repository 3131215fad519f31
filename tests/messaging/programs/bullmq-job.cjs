'use strict';
// A processor in a file of its own, which BullMQ runs in another process or thread.
const http = require('http');

module.exports = async (job) => {
  if (job.data.n === 1) process.stdout.write(`got ${JSON.stringify([job.name, job.data, job.opts])}\n`);
  await new Promise((resolve, reject) => {
    http.get(`${process.env.TARGET}/?n=${job.data.n}`, (res) => res.resume().on('end', resolve)).on('error', reject);
  });
};
