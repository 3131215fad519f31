/*
ends: itself
untraced: it takes no request
*/
const { isMainThread, Worker } = require('worker_threads');

if (!isMainThread) {
  process.on('exit', (code) => console.log('thread ends:', code));
  setTimeout(() => console.log('never printed'), 0);
  process.exit(24);
} else {
  new Worker(__filename).on('exit', (code) => {
    console.log('thread ended:', code);
    setTimeout(() => process.exit(25), 5);
  });
}
