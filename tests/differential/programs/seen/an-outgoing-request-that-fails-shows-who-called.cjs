/*
frames: all
nodes: '>=20'
steps:
  - GET /
*/
Error.stackTraceLimit = 50;
// Node itself calls back through a trampoline as soon as anything uses its async hooks.
const stack = () => new Error('where').stack.replace(/\n.*callbackTrampoline.*/, '');
const http = require('http');

const inner = http.createServer((req, res) => req.socket.destroy());
const server = http.createServer(function ask(req, res) {
  const seen = [];
  const note = (emitter, event) => emitter.on(event, () => seen.push(`${event}: ${stack()}`));
  const sent = http.get({ port: inner.address().port, host: '127.0.0.1', agent: false });
  for (const event of ['error', 'close']) note(sent, event);
  sent.on('close', () => {
    const given = http.get({ port: inner.address().port, host: '127.0.0.1', agent: false });
    for (const event of ['error', 'close']) note(given, event);
    given.on('close', () => setTimeout(() => res.end(void console.log(seen.join('\n'))), 20));
    given.destroy(new Error('given up'));
  });
});
inner.listen(0, '127.0.0.1', () => server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`)));
