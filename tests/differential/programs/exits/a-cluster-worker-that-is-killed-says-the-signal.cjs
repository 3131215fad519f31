/*
ends: itself
untraced: it takes no request
*/
const cluster = require('cluster');

if (cluster.isWorker) {
  setInterval(() => undefined, 1000);
} else {
  const worker = cluster.fork();
  worker.on('online', () => worker.process.kill('SIGTERM'));
  worker.on('exit', (code, signal) => console.log('worker:', code, signal));
}
