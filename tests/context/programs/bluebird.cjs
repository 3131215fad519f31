const Promise = require('bluebird');
module.exports = ({ call }) => {
  let shared;
  return (n) => {
    shared = shared || Promise.delay(40);
    return shared.then(() => call(n));
  };
};
