/*
ends: itself
untraced: it only ends
*/
require('http');
process.on('exit', () => {
  process.exitCode = 4;
  console.log('leaving');
});
process.on('exit', () => {
  throw new Error('while leaving');
});
