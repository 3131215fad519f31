/*
ends: itself
*/
'use strict';
const http = require('http');
const { ok, withCalls } = require('./shared/calls.cjs');

withCalls(ok, async ({ at, call, port, url }) => {
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
});
