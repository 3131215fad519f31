const { ask } = require('./ask.cjs');
module.exports = (n) => ask(n);
