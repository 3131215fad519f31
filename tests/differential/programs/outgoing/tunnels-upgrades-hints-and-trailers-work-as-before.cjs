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
  if (/^CONNECT/.test(line)) socket.write('HTTP/1.1 200 OK\r\n\r\ntunnel');
  else if (/upgrade/.test(line)) socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
  else if (/trailers/.test(line))
    socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n2\r\nok\r\n0\r\nX-T: end\r\n\r\n');
  else {
    if (/continue/.test(line)) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    if (/hints/.test(line)) socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
    const odd = /odd/.test(line) ? 'X-Odd: a\u0001b\r\n' : '';
    socket.write(`HTTP/1.1 200 OK\r\n${odd}X-D: 1\r\nX-D: 2\r\nAge: 1\r\nAge: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok`);
  }
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
  await call('CONNECT', (then) => http.request({ ...at, method: 'CONNECT', path: 'elsewhere:80' }, then));
  await call('upgrade', (then) => http.get({ ...at, path: '/upgrade', headers: { connection: 'Upgrade', upgrade: 'x' } }, then));
  await call('100-continue', (then) => http.request({ ...at, path: '/continue', method: 'POST', headers: { Expect: '100-continue' } }, then));
  await call('100-continue set later', (then) => http.request({ ...at, path: '/continue', method: 'POST' }, then), (req) =>
    req.setHeader('Expect', '100-continue'),
  );
  await call('early hints', (then) => http.get({ ...at, path: '/hints' }, then));
  await call('trailers', (then) => http.get({ ...at, path: '/trailers' }, then));
  await call('trailers of the request', (then) => http.request({ ...at, method: 'POST', headers: { Trailer: 'X' } }, then), (req) => {
    req.write('a');
    req.addTrailers({ X: '1' });
  });
  await call('joinDuplicateHeaders', (then) => http.get({ ...at, joinDuplicateHeaders: true }, then));
  await call('uniqueHeaders', (then) => http.get({ ...at, uniqueHeaders: ['x-u'], headers: { 'x-u': ['1', '2'], 'x-w': ['1', '2'] } }, then));
  await call('a strict parser', (then) => http.get({ ...at, path: '/odd' }, then));
  await call('a tolerant parser', (then) => http.get({ ...at, path: '/odd', insecureHTTPParser: true }, then));
  server.close();
});
