// A child for each request, which is told what to do by its environment.
const path = require('path');
const { fork } = require('child_process');
module.exports = () => (n) => new Promise((resolve, reject) => {
  fork(path.join(__dirname, 'fork-environment-child.cjs'), { env: { ...process.env, N: String(n) } })
    .on('message', resolve)
    .on('error', reject);
});
