/*
env: { OTEL_BSP_SCHEDULE_DELAY: 5, OTEL_BLRP_SCHEDULE_DELAY: 5 }
steps: [GET /1, GET /2, { pause: 100 }, GET /3, GET /timers]
*/
// What a library of fake timers does: timers wait in a list until somebody lets the time pass.
const http = require('http');

const waiting = [];
const real = { setTimeout, setInterval, setImmediate };
global.setTimeout = (run, ms) => {
  waiting.push(`timeout ${ms}`);
  return { unref() {}, ref() {}, run };
};
global.setInterval = (run, ms) => {
  waiting.push(`interval ${ms}`);
  return { unref() {}, ref() {}, run };
};
global.clearTimeout = () => waiting.push('clearTimeout');
global.clearInterval = () => waiting.push('clearInterval');
Date.now = () => 1000;

const server = http.createServer((req, res) => {
  if (req.url === '/timers') return res.end(JSON.stringify({ waiting, now: Date.now() }));
  setTimeout(() => undefined, 7);
  real.setTimeout(() => res.end(req.url), 2);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => {
  console.log(waiting.join(), Date.now());
  server.close();
});
