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
  await call('text', (then) => http.get(`${url}/text?a=b#c`, then));
  await call('text and options', (then) => http.get(`${url}/text`, { method: 'delete', headers: { A: ['1', '2'], cookie: ['a=1', 'b=2'] } }, then));
  await call('options win', (then) => http.request(`${url}/text`, { path: '/options?x', method: 'PUT' }, then));
  await call('URL', (then) => http.get(new URL(`${url}/url`), then));
  await call('URL and options', (then) => http.get(new URL(`${url}/url`), { headers: { A: 1 } }, then));
  await call('URL with user', (then) => http.get(`http://user:p%40ss@127.0.0.1:${port}/user`, then));
  await call('legacy URL', (then) => http.get(require('url').parse(`${url}/legacy?q`), then));
  await call('options', (then) => http.get({ ...at, path: '/options' }, then));
  await call('port as text', (then) => http.get({ ...at, port: String(port), path: '/port' }, then));
  await call('default port', (then) => http.get({ host: '127.0.0.1', defaultPort: port, path: '/port' }, then));
  await call('hostname before host', (then) => http.get({ hostname: '127.0.0.1', host: 'elsewhere', port }, then));
  await call('auth', (then) => http.get({ ...at, auth: 'a:b' }, then));
  await call('null prototype', (then) => http.get({ ...at, headers: Object.assign(Object.create(null), { A: 1 }) }, then));
  await call('method in lower case', (then) => http.request({ ...at, method: 'purge' }, then));
  await call('no Host', (then) => http.get({ ...at, setHost: false }, then));
  await call('no headers at all', (then) => http.request({ ...at, setHost: false }, then), (req) => req.removeHeader('connection'));
  await call('called with new', (then) => new http.request(url, then));
  await call('the class itself', (then) => new http.ClientRequest(`${url}/class`, then));
  server.close();
});
