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
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
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
  for (const host of [{}, 5, null, true, ['x'], Buffer.from('x')]) {
    await call(`host ${JSON.stringify(host)}`, (then) => http.get({ host, port }, then));
    await call(`hostname ${JSON.stringify(host)}`, (then) => http.get({ hostname: host, host: '127.0.0.1', port }, then));
  }
  await call('no address', (then) => http.get('nonsense', then));
  await call('broken address', (then) => http.get('http://[x', then));
  await call('other protocol', (then) => http.get('https://127.0.0.1:1', then));
  await call('method', (then) => http.get({ ...at, method: 'A B' }, then));
  await call('method of another type', (then) => http.get({ ...at, method: 5 }, then));
  await call('path', (then) => http.get({ ...at, path: '/a b' }, then));
  await call('name of a header', (then) => http.get({ ...at, headers: { 'a b': 1 } }, then));
  await call('value of a header', (then) => http.get({ ...at, headers: { a: 'x\n' } }, then));
  await call('undefined header', (then) => http.get({ ...at, headers: { a: undefined } }, then));
  await call('agent', (then) => http.get({ ...at, agent: 5 }, then));
  await call('timeout', (then) => http.get({ ...at, timeout: 'x' }, then));
  await call('port', (then) => http.get({ host: '127.0.0.1', port: 99999 }, then));
  await call('insecureHTTPParser', (then) => http.get({ ...at, insecureHTTPParser: 5 }, then));
  await call('signal', (then) => http.get({ ...at, signal: 5 }, then));
  await call('callback', () => http.get({ ...at }, 5));
  await call('one good call', (then) => http.get(url, then));
  server.close();
});
