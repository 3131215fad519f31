/*
ends: itself
*/
'use strict';
const http = require('http');
const net = require('net');

/** Answers every request as its path says and keeps its head, as it came over the wire. */
const heads = [];
const server = net.createServer((socket) => {
  let text = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    text += data;
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      heads.push(text.slice(0, end).split('\r\n'));
      text = text.slice(end + 4);
      answer(socket, heads[heads.length - 1][0]);
    }
  });
});

function answer(socket) {
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
}

/** Without the headers that tracing adds. */
const ours = /^(traceparent|tracestate|baggage):/i;
const sent = () => heads.splice(0).map((lines) => lines.filter((line) => !ours.test(line)).join(' | '));
const hide = (text) => text.split(String(server.address().port)).join('PORT');
const tell = (error) => (error ? `${error.name} ${error.code} ${error.message}` : '');

/** Makes one call and prints all that its caller sees of it. */
function call(name, make, then) {
  return new Promise((resolve) => {
    const log = [];
    let req;
    const onResponse = (res) => {
      log.push(`${res.statusCode} ${JSON.stringify(res.rawHeaders)}`);
      res.on('data', (data) => log.push(`data ${data}`));
      for (const event of ['end', 'aborted', 'error', 'close']) res.on(event, (error) => log.push(`response ${event} ${tell(error)}`));
      res.on('end', () => log.push(JSON.stringify(res.trailers)));
    };
    let open = true;
    const print = () => {
      if (open) console.log(hide(JSON.stringify([name, log, sent()], null, 1)));
      open = false;
      resolve();
    };
    setTimeout(print, 500).unref();
    try {
      req = make(onResponse);
    } catch (error) {
      log.push(`thrown ${tell(error)}`);
      return print();
    }
    log.push(`${req.method} ${req.path} ${JSON.stringify(req.getHeaders())} ${Object.keys(req).length} ${req.eventNames().map(String)}`);
    for (const event of ['abort', 'timeout', 'continue', 'information', 'finish']) req.on(event, () => log.push(event));
    for (const event of ['connect', 'upgrade'])
      req.on(event, (res, socket) => {
        log.push(`${event} ${res.statusCode}`);
        socket.destroy();
      });
    req.on('error', (error) => log.push(`error ${tell(error)}`));
    req.on('close', () => setTimeout(print, 20));
    if (then) then(req);
    if (!req.writableEnded) req.end();
  });
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const at = { host: '127.0.0.1', port };
  const url = `http://127.0.0.1:${port}`;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (const name of ['first', 'second', 'third'])
    await call(name, (then) => http.get({ ...at, agent }, then), (req) => req.on('close', () => console.log(name, req.reusedSocket)));
  await Promise.all(['one', 'two'].map((path) => new Promise((done) => http.get({ ...at, agent, path: `/${path}` }, (res) => res.resume().on('end', done)))));
  console.log(hide(String(sent())));
  agent.destroy();
  server.close();
});
