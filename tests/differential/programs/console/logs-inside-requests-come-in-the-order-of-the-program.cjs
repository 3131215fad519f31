/*
steps:
  - GET /1
  - GET /2
*/
const http = require('http');

const server = http.createServer(async (req, res) => {
  console.log('begin', req.url);
  process.nextTick(() => console.log('tick', req.url));
  Promise.resolve().then(() => console.log('micro', req.url));
  setImmediate(() => {
    console.error('immediate', req.url);
    res.end(req.url);
  });
  await null;
  console.log('after await', req.url);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
