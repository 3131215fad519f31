/*
ends: itself
*/
'use strict';
const http = require('http');
const { ok, withCalls } = require('./shared/calls.cjs');

withCalls(ok, async ({ at, call, port, tell }) => {
  await call('set', (then) => http.request(at, then), (req) => {
    req.setHeader('X-Late', ['a', 'b']);
    req.removeHeader('Host');
  });
  await call('flushed', (then) => http.request({ ...at, method: 'POST' }, then), (req) => {
    req.flushHeaders();
    try {
      req.setHeader('x', 1);
    } catch (error) {
      console.log(req.headersSent, tell(error));
    }
  });
  await call('read afterwards', (then) => http.get({ ...at, headers: { A: '1' } }, then), (req) => {
    console.log(req.getHeaderNames(), req.getRawHeaderNames && req.getRawHeaderNames(), req.hasHeader('traceparent'));
    req.on('close', () => console.log(req.getHeaderNames(), JSON.stringify(req.getHeaders()).replace(String(port), '')));
  });
});
