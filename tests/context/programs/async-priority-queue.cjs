const async = require('async');
module.exports = ({ call }) => {
  const jobs = async.priorityQueue((n, done) => call(n).then(() => done(), done), 2);
  return (n) => new Promise((resolve, reject) => jobs.push(n, n % 3, (error) => (error ? reject(error) : resolve())));
};
