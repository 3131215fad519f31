/*
ends: itself
untraced: it takes no request
*/
const cluster = require('cluster');

if (cluster.isWorker) {
  process.on('message', (code) => {
    [code].forEach((each) => process.exit(each));
    console.log('never printed');
  });
} else {
  const worker = cluster.fork();
  worker.on('online', () => worker.send(23));
  worker.on('exit', (code, signal) => {
    console.log('worker:', code, signal);
    process.exit(code + 1);
  });
}
