/*
args: [--first, second]
node-args: [--max-http-header-size=9000]
steps:
  - GET /
*/
const http = require('http');

const names = ['kill', 'exit', 'on', 'once', 'abort', 'reallyExit', 'cwd', 'emitWarning', 'nextTick'];
const server = http.createServer((req, res) => {
  console.log(process.argv.slice(2).join(), process.argv0, process.execArgv.filter((one) => !/import|require/.test(one)).join(), process.title);
  for (const name of names) {
    const { configurable, enumerable, writable } = Object.getOwnPropertyDescriptor(process, name) || {};
    console.log(name, process[name].name, process[name].length, typeof process[name], [configurable, enumerable, writable].join());
  }
  console.log(Object.keys(process).filter((name) => !/^_|^(?:emit)$/.test(name)).sort().join());
  console.log(http.maxHeaderSize, process.exitCode, process.connected, process.listenerCount('exit'));
  res.end();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
