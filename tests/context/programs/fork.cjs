// One child process for all requests.
const path = require('path');
const { fork } = require('child_process');
module.exports = () => {
  const child = fork(path.join(__dirname, 'fork-child.cjs'));
  const waiting = new Map();
  child.on('message', ({ n }) => waiting.get(n)());
  return (n) => new Promise((resolve) => {
    waiting.set(n, resolve);
    child.send({ n });
  });
};
