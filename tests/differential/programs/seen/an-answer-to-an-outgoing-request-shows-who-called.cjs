/*
frames: all
nodes: '>=16'
steps:
  - GET /
*/
Error.stackTraceLimit = 50;
// Node itself calls back through a trampoline as soon as anything uses its async hooks.
const stack = () => new Error('where').stack.replace(/\n.*callbackTrampoline.*/, '');
const http = require('http');

const inner = http.createServer((req, res) => res.end('inner'));
const server = http.createServer(function ask(req, res) {
  const seen = [];
  const note = (emitter, event) => emitter.on(event, () => seen.push(`${event}: ${stack()}`));
  const sent = http.get({ port: inner.address().port, host: '127.0.0.1', agent: false });
  for (const event of ['socket', 'response', 'finish', 'close']) note(sent, event);
  sent.on('response', (response) => {
    for (const event of ['data', 'end']) note(response, event);
    response.on('close', () => setTimeout(() => res.end(void console.log(seen.join('\n'))), 20));
  });
});
inner.listen(0, '127.0.0.1', () => server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`)));
