/*
untraced: it takes no request
*/
const util = require('util');

const chatty = {
  [util.inspect.custom]() {
    console.log('while inspecting');
    return 'chatty';
  },
};
console.log('before');
console.log('value', chatty, chatty);
console.error('error', chatty);
console.log('after');
