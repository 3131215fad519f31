/*
ends: itself
*/
'use strict';
const http = require('http');
const net = require('net');
const { ok, withCalls } = require('./shared/calls.cjs');

withCalls(ok, async ({ at, call, port }) => {
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
});
