const first = require('./app.cjs');
first.serve('first', () => {
  for (const key of Object.keys(require.cache)) delete require.cache[key];
  const second = require('./app.cjs');
  console.log(first === second, first.express === second.express);
  second.serve('second', () => undefined);
});
