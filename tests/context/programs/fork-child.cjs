const { ask } = require('./ask.cjs');
process.on('message', ({ n }) => ask(n).then(() => process.send({ n })));
process.on('disconnect', () => process.exit(0));
