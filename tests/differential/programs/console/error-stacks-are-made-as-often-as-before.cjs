/*
untraced: it takes no request
*/
let prepared = 0;
Error.prepareStackTrace = (error, frames) => {
  prepared += 1;
  return `${error.name}: ${error.message} [prepared ${frames.length > 0}]`;
};
const first = new Error('first');
const second = new TypeError('second');
console.log(prepared);
console.error(first);
console.log('again', first, second);
console.log(prepared);
