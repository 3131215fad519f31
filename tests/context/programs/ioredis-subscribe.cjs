const Redis = require('ioredis');
module.exports = ({ call, traceId, broker }) => {
  let subscriber;
  let publisher;
  return async (n) => {
    if (subscriber === undefined) {
      subscriber = new Redis(broker);
      publisher = new Redis(broker);
      await subscriber.subscribe('numbers');
      subscriber.on('message', (_channel, message) => console.log(`heard ${message} in ${traceId()}`));
    }
    await publisher.publish('numbers', String(n));
    await call(n);
  };
};
