/*
steps: [GET /1, { signal: SIGTERM }]
ends: itself
*/
// What libraries do that want to know of every end of the process.
const http = require('http');

const { emit, reallyExit } = process;
process.emit = function (event, ...given) {
  if (['exit', 'beforeExit', 'SIGTERM'].includes(event)) console.log('emitted', event, given.length);
  return emit.call(this, event, ...given);
};
process.reallyExit = function (code) {
  console.log('really', code);
  return reallyExit.call(process, code || 0);
};
const onSignal = () => {
  console.log('signal', process.listeners('SIGTERM').length);
  process.removeListener('SIGTERM', onSignal);
  process.kill(process.pid, 'SIGTERM');
};
process.on('SIGTERM', onSignal);
const server = http.createServer((req, res) => res.end('ok'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
