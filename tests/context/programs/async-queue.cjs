const { queue } = require('async');
module.exports = ({ call }) => {
  const jobs = queue((n, done) => call(n).then(() => done(), done), 2);
  return (n) => new Promise((resolve, reject) => jobs.push(n, (error) => (error ? reject(error) : resolve())));
};
