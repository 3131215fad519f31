// Preloaded into a child process: kills it with SIGKILL at the n-th call that changes the disk, before, after, or in the middle of it.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const [count, moment] = (process.env.KILL_AT ?? '').split(':');
const names = [
  'mkdirSync',
  'writeFileSync',
  'openSync',
  'writeSync',
  'fsyncSync',
  'chmodSync',
  'chownSync',
  'renameSync',
  'linkSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
];
let armed = false;
let seen = 0;

function die() {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

for (const name of names) {
  const original = fs[name];
  fs[name] = (...args) => {
    const isRead = name === 'openSync' && args[1] === 'r';
    if (!armed || isRead) return original(...args);
    seen += 1;
    const isNow = seen === Number(count);
    if (isNow && moment === 'before') die();
    if (isNow && moment === 'middle' && name === 'writeSync') original(args[0], args[1], 0, Math.floor(args[1].length / 2));
    if (isNow && moment === 'middle') die();
    const result = original(...args);
    if (isNow && moment === 'after') die();
    return result;
  };
}
syncBuiltinESMExports();

globalThis.armKill = () => {
  armed = true;
};
process.on('exit', () => {
  armed = false;
  fs.writeSync(1, `calls ${seen}\n`);
});
