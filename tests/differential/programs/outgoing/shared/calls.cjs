'use strict';
const { startWire } = require('./wire.cjs');

const tell = (error) => (error ? `${error.name} ${error.code} ${error.message}` : '');

/** Answers one request per connection. */
exports.ok = (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');

/** Hands out a server that answers like that, and `call`, which makes one call and prints all that its caller sees of it. */
exports.withCalls = async (answer, work) => {
  const wire = await startWire(answer);
  const { sent, hide } = wire;
  const call = (name, make, then) =>
    new Promise((resolve) => {
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
  await work({ ...wire, call, tell });
  wire.server.close();
};
