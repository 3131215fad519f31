'use strict';
const { makeWorkerUtils, run, Logger } = require('graphile-worker');

const logger = new Logger(() => () => undefined);

exports.open = async (connectionString) => {
  if (process.env.ROLE === 'worker') {
    return {
      async work(handle, concurrency) {
        const numbers = ({ n }, { job }) => handle(n, n === 1 ? [job.task_identifier, job.payload, job.flags] : undefined);
        await run({ connectionString, concurrency, pollInterval: 100, noHandleSignals: true, taskList: { numbers }, logger });
      },
    };
  }
  const utils = await makeWorkerUtils({ connectionString, logger });
  return { send: (n) => utils.addJob('numbers', { n }, { runAt: new Date(), flags: n % 2 ? undefined : ['even'] }) };
};
