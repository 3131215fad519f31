/*
untraced: it takes no request
*/
const util = require('util');

let calls = 0;
const broken = {
  [util.inspect.custom]() {
    calls += 1;
    throw new Error(`cannot be shown ${calls}`);
  },
};
for (const method of ['log', 'error', 'info']) {
  try {
    console[method]('value', broken);
  } catch (error) {
    console.log(method, error.message);
  }
}
console.log(calls);
