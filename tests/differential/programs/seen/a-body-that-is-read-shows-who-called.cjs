/*
frames: all
nodes: '>=16'
steps:
  - request: POST /
    headers: { Transfer-Encoding: chunked }
    body: "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"
  - request: POST /later
    body: at once
*/
Error.stackTraceLimit = 50;
// Node itself calls back through a trampoline as soon as anything uses its async hooks.
const stack = () => new Error('where').stack.replace(/\n.*callbackTrampoline.*/, '');
const http = require('http');

const server = http.createServer(function answer(req, res) {
  const seen = [];
  const note = (event) => req.on(event, () => seen.push(`${event}: ${stack()}`));
  const listen = () => {
    for (const event of ['data', 'end', 'close']) note(event);
    res.on('finish', () => console.log(`finish: ${stack()}`));
    res.on('close', () => console.log(`close: ${stack()}`));
    req.on('end', () => setTimeout(() => res.end(void console.log(seen.join('\n'))), 20));
  };
  if (req.url === '/later') setTimeout(listen, 20);
  else listen();
});
server.on('connection', () => console.log(`connection: ${stack()}`));
server.on('listening', () => console.log(`listening: ${stack()}`));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
