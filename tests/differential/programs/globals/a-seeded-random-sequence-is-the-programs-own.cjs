/*
env: { OTEL_BSP_SCHEDULE_DELAY: 5 }
steps: [GET /1, GET /2, GET /3, { pause: 100 }, GET /4]
*/
// A game, a test or a simulation seeds its numbers, so that it can be played again.
const http = require('http');

let state = 42;
Math.random = () => {
  state = (state * 1103515245 + 12345) % 2147483648;
  return state / 2147483648;
};
http
  .createServer((req, res) => {
    res.end(`${req.url} ${Math.random()} ${Math.random()}`);
  })
  .listen(0, '127.0.0.1', function () {
    console.log(`port ${this.address().port}`);
  });
