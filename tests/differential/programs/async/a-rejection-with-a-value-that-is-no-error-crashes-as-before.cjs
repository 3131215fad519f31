/*
ends: itself
untraced: it takes no request
*/
console.log('begins');
setTimeout(async () => {
  throw { code: 7, toString: () => 'an object' };
}, 5);
