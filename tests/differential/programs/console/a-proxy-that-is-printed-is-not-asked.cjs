/*
untraced: it takes no request
*/
const asked = [];
const handler = new Proxy({}, { get: (_target, trap) => (...args) => {
  asked.push(trap);
  return Reflect[trap](...args);
} });
console.log(new Proxy({ a: 1 }, handler), new Proxy(new Error('inside'), handler).constructor === Error);
console.error('x', new Proxy([1, 2], handler));
console.warn(new Proxy(function named() {}, handler));
console.log(asked);
