const Promise = require('bluebird');
module.exports = ({ call }) => {
  let shared;
  const handle = Promise.coroutine(function* (n) {
    shared = shared || Promise.delay(40);
    yield shared;
    yield Promise.resolve(call(n));
  });
  return (n) => handle(n);
};
