/*
ends: itself
*/
'use strict';
const http = require('http');
const { withCalls } = require('./shared/calls.cjs');

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

withCalls(answer, async ({ at, call }) => {
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
});
