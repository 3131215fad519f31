const fastq = require('fastq');
module.exports = ({ call }) => {
  const jobs = fastq.promise((n) => call(n), 2);
  return (n) => jobs.push(n);
};
