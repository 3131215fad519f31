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

function answer(socket, line) {
  if (/cut/.test(line)) socket.destroy();
  else if (/partial/.test(line)) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok', () => setTimeout(() => socket.destroy(), 30));
  else if (!/hangs/.test(line)) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
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
  const soon = (work) => (req) => void setTimeout(work, 30, req);
  await call('refused', (then) => http.get({ host: '127.0.0.1', port: 1 }, then));
  await call('cut', (then) => http.get({ ...at, path: '/cut' }, then));
  await call('partial', (then) => http.get({ ...at, path: '/partial' }, then));
  await call('destroyed at once', (then) => http.get(at, then), (req) => req.destroy());
  await call('aborted at once', (then) => http.get(at, then), (req) => req.abort());
  await call('destroyed', (then) => http.get({ ...at, path: '/hangs' }, then), soon((req) => req.destroy()));
  await call('destroyed with an error', (then) => http.get({ ...at, path: '/hangs' }, then), soon((req) => req.destroy(new TypeError('enough'))));
  await call('aborted', (then) => http.get({ ...at, path: '/hangs' }, then), soon((req) => req.abort()));
  await call('timeout', (then) => http.get({ ...at, path: '/hangs', timeout: 30 }, then), (req) => req.on('timeout', () => req.destroy()));
  await call('setTimeout', (then) => http.get({ ...at, path: '/hangs' }, then), (req) => req.setTimeout(30, () => req.destroy(new Error('late'))));
  await call('destroyed on the response', () => http.get({ ...at, path: '/partial' }, (res) => res.destroy()));
  const before = new AbortController();
  before.abort();
  await call('signal before', (then) => http.get({ ...at, signal: before.signal }, then));
  const after = new AbortController();
  setTimeout(() => after.abort(), 30);
  await call('signal after', (then) => http.get({ ...at, path: '/hangs', signal: after.signal }, then));
  server.close();
});
