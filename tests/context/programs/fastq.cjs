const fastq = require('fastq');
module.exports = ({ call }) => {
  const jobs = fastq((n, done) => call(n).then(() => done(), done), 2);
  return (n) => new Promise((resolve, reject) => jobs[n % 4 ? 'push' : 'unshift'](n, (error) => (error ? reject(error) : resolve())));
};
