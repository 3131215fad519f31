// Each request sends a notification; what comes of it is in no request's trace.
const { Client } = require('pg');
module.exports = async ({ call, traceId, broker }) => {
  let listening;
  return async (n) => {
    if (listening === undefined) {
      listening = new Client(broker);
      await listening.connect();
      listening.on('notification', ({ payload }) => console.log(`heard ${payload} in ${traceId()}`));
      await listening.query('LISTEN numbers');
    }
    const client = new Client(broker);
    await client.connect();
    await client.query(`NOTIFY numbers, '${n}'`);
    await client.end();
    await call(n);
  };
};
