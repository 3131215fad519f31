/*
steps:
  - request: POST /
    body: text
  - connection:
      - send: |+
          POST /aborted HTTP/1.1
          Host: x
          Content-Length: 10

      - wait: begun
      - reset
*/
const http = require('http');

const flags = (object, ...names) => names.map((name) => `${name}=${object[name]}`).join(' ');
const server = http.createServer((req, res) => {
  const note = (what) =>
    console.log(
      what,
      flags(req, 'complete', 'aborted', 'destroyed', 'readableEnded', 'readableFlowing'),
      flags(res, 'headersSent', 'finished', 'destroyed', 'writableEnded', 'writableFinished'),
    );
  note('request');
  for (const event of ['data', 'end', 'close', 'aborted', 'error', 'pause', 'resume']) req.on(event, () => note(`req ${event}`));
  for (const event of ['finish', 'close', 'prefinish', 'error', 'socket']) res.on(event, () => note(`res ${event}`));
  if (req.url === '/aborted') return res.write('begun');
  req.on('end', () => res.end('ok'));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
