/*
ends: itself
*/
'use strict';
const http = require('http');
const { withCalls } = require('./shared/calls.cjs');

function answer(socket, line) {
  if (/cut/.test(line)) socket.destroy();
  else if (/partial/.test(line)) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok', () => setTimeout(() => socket.destroy(), 30));
  else if (!/hangs/.test(line)) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
}

withCalls(answer, async ({ at, call }) => {
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
});
