/*
ends: itself
untraced: it takes no request
*/
process.on('uncaughtException', () => {
  throw new Error('from the listener');
});
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => {
  throw new Error('first');
}, 5);
