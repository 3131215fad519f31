/*
steps: [GET /1]
ends: itself
*/
const http = require('http');
const { Worker, SHARE_ENV } = require('worker_threads');

const text = `
  const { workerData, isMainThread, parentPort } = require('worker_threads');
  console.log('out', workerData, Object.keys(process.env).length, process.argv.slice(2).join(), process.execArgv.join());
  console.error('err', isMainThread);
  process.env.FROM_THREAD = 'yes';
  process.on('exit', (code) => console.log('exit', code));
  setImmediate(() => process.exit(parentPort ? 3 : 4));
`;
const run = (options) =>
  new Promise((done) => {
    const worker = new Worker(text, { eval: true, workerData: 'data', stdout: true, stderr: true, ...options });
    const output = [];
    worker.stdout.on('data', (chunk) => output.push(`stdout ${chunk}`));
    worker.stderr.on('data', (chunk) => output.push(`stderr ${chunk}`));
    worker.on('exit', (code) => setTimeout(() => done([code, ...output.sort()].join('|')), 20));
  });
const server = http.createServer(async (req, res) => {
  console.log(await run({ env: { A: '1' }, argv: ['x', 'y'] }));
  console.log(await run({ env: {}, execArgv: ['--no-warnings'] }));
  const shared = await run({ env: SHARE_ENV });
  console.log(shared.replace(/data \d+/, 'data N'), process.env.FROM_THREAD);
  res.setHeader('Connection', 'close');
  res.end('done');
  server.close();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
