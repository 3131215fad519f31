const Bottleneck = require('bottleneck');
module.exports = ({ call }) => {
  const limiter = new Bottleneck({ maxConcurrent: 2, minTime: 1 });
  return (n) => (n % 2 ? limiter.schedule(() => call(n)) : limiter.schedule(call, n));
};
