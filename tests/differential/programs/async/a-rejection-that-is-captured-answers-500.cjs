/*
nodes: '>=14'
steps:
  - GET /fine
  - GET /rejects
  - GET /late
*/
const events = require('events');
const http = require('http');

events.captureRejections = true;
const server = http.createServer(async (req, res) => {
  if (req.url === '/late') {
    res.write('begun ');
    await null;
  }
  if (req.url !== '/fine') throw new Error(`no ${req.url}`);
  res.end('fine');
});
const handle = server[Symbol.for('nodejs.rejection')];
server[Symbol.for('nodejs.rejection')] = function (error, event, ...args) {
  console.log(error.message, event, args.length);
  return handle.call(this, error, event, ...args);
};
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
