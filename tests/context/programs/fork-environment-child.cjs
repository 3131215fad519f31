const { ask } = require('./ask.cjs');
ask(Number(process.env.N)).then((n) => process.send(n, () => process.disconnect()));
