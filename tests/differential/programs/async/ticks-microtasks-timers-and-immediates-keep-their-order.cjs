/*
untraced: it takes no request
*/
const order = [];
setImmediate(() => {
  setTimeout(() => order.push('timeout'), 0);
  order.push('immediate');
  process.nextTick(() => order.push('tick in immediate'));
  Promise.resolve().then(() => order.push('promise in immediate'));
  setTimeout(() => console.log(order.join('\n')), 20);
});
process.nextTick(() => order.push('tick'));
Promise.resolve().then(() => order.push('promise'));
queueMicrotask(() => order.push('microtask'));
(async () => {
  order.push('sync');
  await undefined;
  order.push('awaited');
})();
order.push('end of main');
