const { default: Queue } = require('p-queue');
module.exports = ({ call }) => {
  const queue = new Queue({ concurrency: 2 });
  return (n) => queue.add(() => call(n));
};
