// A schedule that a request sets up runs on its own.
const cron = require('node-cron');
const { CronJob } = require('cron');
const schedule = require('node-schedule');
let isSet = false;
module.exports = ({ call, traceId }) => (n) => {
  if (!isSet) {
    isSet = true;
    cron.schedule('* * * * * *', () => console.log(`heard node-cron in ${traceId()}`));
    CronJob.from({ cronTime: '* * * * * *', onTick: () => console.log(`heard cron in ${traceId()}`), start: true });
    schedule.scheduleJob('* * * * * *', () => console.log(`heard node-schedule in ${traceId()}`));
  }
  return call(n).then(() => new Promise((resolve) => setTimeout(resolve, n === 1 ? 2200 : 0)));
};
