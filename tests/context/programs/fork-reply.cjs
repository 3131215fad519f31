// The child only calculates; the call is made by the listener of its answers.
const path = require('path');
const { fork } = require('child_process');
module.exports = ({ call }) => {
  const child = fork(path.join(__dirname, 'fork-reply-child.cjs'));
  const waiting = new Map();
  child.on('message', ({ n }) => call(n).then(waiting.get(n)));
  return (n) => new Promise((resolve) => {
    waiting.set(n, resolve);
    child.send({ n });
  });
};
