/*
ends: itself
untraced: it takes no request
*/
console.log('works');
setTimeout(() => {
  throw new TypeError('out of order');
}, 5);
