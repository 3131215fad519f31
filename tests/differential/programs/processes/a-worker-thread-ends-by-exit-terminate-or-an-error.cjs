/*
ends: itself
untraced: it takes no request
*/
const { Worker } = require('worker_threads');

const run = (code, act = () => {}) =>
  new Promise((resolve) => {
    const worker = new Worker(code, { eval: true, stdout: false });
    worker.on('error', (error) => console.log('error', error.name, error.message));
    worker.on('exit', (exitCode) => resolve(exitCode));
    act(worker);
  });
(async () => {
  console.log(await run('process.exit(3)'));
  console.log(await run('setInterval(() => {}, 1000)', (worker) => worker.once('online', () => worker.terminate())));
  console.log(await run("throw new RangeError('inside')"));
  console.log(await run("process.on('exit', (code) => { process.exitCode = code + 8; })"));
})();
