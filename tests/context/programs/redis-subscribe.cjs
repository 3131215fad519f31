const { createClient } = require('redis');
module.exports = ({ call, traceId, broker }) => {
  let subscriber;
  let publisher;
  return async (n) => {
    if (subscriber === undefined) {
      subscriber = createClient({ url: broker });
      publisher = createClient({ url: broker });
      await subscriber.connect();
      await publisher.connect();
      await subscriber.subscribe('numbers', (message) => console.log(`heard ${message} in ${traceId()}`));
    }
    await publisher.publish('numbers', String(n));
    await call(n);
  };
};
