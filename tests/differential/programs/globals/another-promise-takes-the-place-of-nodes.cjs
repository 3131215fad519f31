/*
env: { OTEL_BSP_SCHEDULE_DELAY: 5 }
steps: [GET /1, { pause: 60 }, GET /2, { pause: 60 }, GET /made]
*/
const http = require('http');

let made = 0;
const Native = Promise;
global.Promise = class Counted extends Native {
  constructor(run) {
    super(run);
    made++;
  }
};
const then = Native.prototype.then;
let thens = 0;
Native.prototype.then = function (...given) {
  thens++;
  return then.apply(this, given);
};
const server = http.createServer((req, res) => {
  if (req.url === '/made') return res.end(`${made} ${thens}`);
  new Promise((done) => setTimeout(done, 2)).then(() => res.end(req.url));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => {
  console.log(made, thens);
  process.exit();
});
