/*
env: { FORCE_COLOR: '1' }
untraced: it takes no request
*/
const util = require('util');

util.inspect.defaultOptions.depth = 0;
console.log({ a: { b: 1 } }, 'text', 3, null, undefined, Symbol('s'), 10n);
util.inspect.defaultOptions.colors = true;
console.log({ a: 'green' });
console.error('\u001b[31mred\u001b[39m');
