/*
steps:
  - GET /
*/
const http = require('http');

const EVENTS = ['exit', 'beforeExit', 'SIGTERM', 'SIGINT', 'SIGHUP', 'uncaughtException', 'uncaughtExceptionMonitor', 'unhandledRejection'];
const count = () => EVENTS.map((event) => `${event} ${process.listenerCount(event)} ${process.rawListeners(event).length}`).join('\n');
console.log(count());
console.log(process.eventNames().filter((name) => EVENTS.includes(name)).length);

const server = http.createServer((req, res) => {
  const counts = ['close', 'finish', 'error', 'prefinish'].map((event) => res.listenerCount(event) + req.listenerCount(event));
  res.end(counts.join());
});
// Node warns of the eleventh.
for (const event of EVENTS.slice(0, 4)) for (let nth = 0; nth < 10; nth++) process.on(event, nth === 0 && event === 'SIGTERM' ? () => process.exit(0) : () => undefined);
for (let nth = 0; nth < 10; nth++) server.on('listening', () => undefined);
server.listen(0, '127.0.0.1');
console.log(`before it listens: ${server.listenerCount('listening')}`);
server.once('listening', () => {
  console.log(count());
  console.log(`port ${server.address().port}`);
});
process.on('warning', (warning) => console.log(warning.name));
