exports.ask = (n) => require('./ask.cjs').ask(n);
