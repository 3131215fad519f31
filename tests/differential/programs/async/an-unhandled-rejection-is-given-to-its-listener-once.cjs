/*
steps:
  - GET /rejects
  - GET /late
  - stdout: handled later
  - GET /fine
*/
const http = require('http');

const returned = new Map();
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason.message, promise instanceof Promise, returned.get(promise));
});
process.on('rejectionHandled', (promise) => console.log('handled later', returned.get(promise)));
function serve(req, res) {
  const work = async () => {
    if (req.url === '/fine') return res.end('fine');
    res.statusCode = 500;
    res.end('failed');
    throw new Error(req.url);
  };
  const promise = work();
  returned.set(promise, req.url);
  if (req.url === '/late') setTimeout(() => promise.catch(() => {}), 20);
  return promise;
}
const server = http.createServer(serve);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
