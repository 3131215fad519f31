/*
ends: itself
untraced: it takes no request
*/
process.setUncaughtExceptionCaptureCallback((error) => {
  console.log('captured', error.message, process.hasUncaughtExceptionCaptureCallback());
  process.exitCode = 5;
});
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin));
setTimeout(() => {
  throw new Error('in a timer');
}, 5);
Promise.reject(new Error('rejected'));
