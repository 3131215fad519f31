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
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  await call('agent: false', (then) => http.get({ ...at, agent: false }, then));
  await call('agent', (then) => http.get({ ...at, agent }, then));
  await call('another kind of agent', (then) => {
    const own = { defaultPort: 80, protocol: 'http:', addRequest: (req) => req.onSocket(net.connect(port, '127.0.0.1')) };
    return http.get({ ...at, agent: own }, then);
  });
  await call('createConnection', (then) => http.get({ ...at, createConnection: () => net.connect(port, '127.0.0.1') }, then));
  await call('createConnection by callback', (then) =>
    http.get({ ...at, createConnection: (_, done) => void done(null, net.connect(port, '127.0.0.1')) }, then),
  );
  await call('createConnection that throws', (then) =>
    http.get(
      {
        ...at,
        createConnection() {
          throw new RangeError('no connection');
        },
      },
      then,
    ),
  );
  await call('createConnection that fails', (then) =>
    http.get({ ...at, createConnection: (_, done) => void done(new RangeError('no connection')) }, then),
  );
  await call('a request on the way to the connection', (then) =>
    http.get(
      {
        ...at,
        path: '/outer',
        createConnection() {
          new http.ClientRequest({ ...at, path: '/inner' }).on('error', () => undefined).end();
          return net.connect(port, '127.0.0.1');
        },
      },
      then,
    ),
  );
  const found = (options, done) => (options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4));
  await call('lookup', (then) => http.get({ host: 'somewhere', port, lookup: (_, options, done) => found(options, done) }, then));
  await call('lookup that fails', (then) => http.get({ host: 'somewhere', port, lookup: (_, __, done) => done(new Error('unknown')) }, then));
  await call('no such socket', (then) => http.get({ socketPath: '/nowhere/x.sock', path: '/s' }, then));
  agent.destroy();
  server.close();
});
