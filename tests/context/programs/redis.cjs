const redis = require('redis');
module.exports = ({ call, broker }) => {
  const client = redis.createClient(broker);
  return (n) => new Promise((done, fail) => client.set(`key${n}`, n, (error) => (error ? fail(error) : call(n).then(done, fail))));
};
