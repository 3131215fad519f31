const { queue } = require('async');
module.exports = ({ call }) => {
  const jobs = queue(async (n) => call(n), 2);
  return (n) => jobs.push(n);
};
