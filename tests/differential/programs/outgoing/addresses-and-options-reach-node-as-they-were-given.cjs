/*
ends: itself
*/
'use strict';
const http = require('http');
const { ok, withCalls } = require('./shared/calls.cjs');

withCalls(ok, async ({ at, call, port, url }) => {
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
});
