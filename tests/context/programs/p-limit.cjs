const limit = require('p-limit')(2);
module.exports = ({ call }) => (n) => limit(call, n);
