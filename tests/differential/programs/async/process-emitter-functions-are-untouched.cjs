/*
untraced: it takes no request
*/
const { EventEmitter } = require('events');

for (const name of ['on', 'once', 'off', 'emit', 'listeners', 'listenerCount', 'removeAllListeners', 'eventNames']) {
  console.log(name, process[name].name, process[name].length, typeof EventEmitter.prototype[name]);
}
const own = [];
process.on('custom', function (...args) {
  own.push(this === process, ...args);
});
console.log(process.emit('custom', 1, 2, 3), process.emit('unknown'), own);
console.log(Object.keys(process).includes('emit'), process.getMaxListeners());
