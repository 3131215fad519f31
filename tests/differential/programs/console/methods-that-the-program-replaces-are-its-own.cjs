/*
untraced: it takes no request
*/
const { log, error } = console;
const kept = [];
console.log = function quiet(...args) {
  kept.push(args.length);
  log('[info]', ...args);
};
console.error = (...args) => error(new Date(0).toISOString(), ...args);
console.log('one', { two: 2 });
console.error('three');
console.table([1]);
console.assert(false, 'warned');
console.log = log;
console.error = error;
console.log(console.log === log, kept.join());
const detached = console.warn;
detached('detached');
[1, 2].forEach(console.info);
Promise.resolve('then').then(console.log);
