/*
ends: itself
*/
'use strict';
const http = require('http');
const { ok, withCalls } = require('./shared/calls.cjs');

withCalls(ok, async ({ at, call, url }) => {
  await call('flat', (then) => http.get({ ...at, headers: ['X-A', '1', 'x-b', '2', 'X-A', '3', 'Host', 'h'] }, then));
  await call('flat, no Host', (then) => http.get({ ...at, headers: ['X-A', '1'] }, then));
  await call('flat, with an address', (then) => http.get(`${url}/a`, { headers: ['X-A', '1', 'Host', 'h'] }, then));
  await call('pairs', (then) => http.get({ ...at, headers: [['X-A', '1'], ['X-B', ['2', '3']], ['Host', 'h']] }, then));
  await call('empty', (then) => http.get({ ...at, headers: [] }, then));
  await call('odd', (then) => http.get({ ...at, headers: ['X-A'] }, then));
  await call('with a body', (then) => http.request({ ...at, method: 'POST', headers: ['Host', 'h', 'Content-Length', '2'] }, then), (req) => req.end('hi'));
  await call('Expect', (then) => http.request({ ...at, method: 'POST', headers: ['Expect', '100-continue', 'Host', 'h'] }, then));
  const list = ['X-A', '1', 'Host', 'h'];
  await call('kept', (then) => http.get({ ...at, headers: list }, then));
  console.log(JSON.stringify(list));
});
