/*
frames: all
steps:
  - request: POST /
    body: x
*/
const http = require('http');

Error.stackTraceLimit = 30;
function frames(from) {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) =>
    sites
      .filter((site) => !/callbackTrampoline/.test(String(site)))
      .map((site) => `${site.getTypeName()} ${site.getFunctionName()} ${site.getMethodName()} ${site.isNative()} ${site.isToplevel()} ${site.isConstructor()}`);
  const holder = {};
  Error.captureStackTrace(holder, from);
  const { stack } = holder;
  Error.prepareStackTrace = before;
  return stack.join('\n');
}
const server = http.createServer(function answer(req, res) {
  console.log(frames());
  console.log(frames(answer));
  req.on('data', function onData() {
    console.log(frames(onData));
  });
  req.on('end', function onEnd() {
    console.log(frames(onEnd));
    Error.stackTraceLimit = 0;
    console.log(new Error('none').stack);
    res.end();
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
