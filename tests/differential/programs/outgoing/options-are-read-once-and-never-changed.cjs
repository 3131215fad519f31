/*
ends: itself
*/
'use strict';
const http = require('http');
const { ok, withCalls } = require('./shared/calls.cjs');

withCalls(ok, async ({ at, call, port }) => {
  const frozen = Object.freeze({ ...at, path: '/frozen', headers: Object.freeze({ A: '1' }) });
  await call('frozen', (then) => http.get(frozen, then));
  const reads = [];
  const read = (name, value) => {
    reads.push(name);
    return value;
  };
  const getters = {
    get host() {
      return read('host', '127.0.0.1');
    },
    get port() {
      return read('port', port);
    },
    get method() {
      return read('method', 'POST');
    },
    get headers() {
      return read('headers', {
        get A() {
          return read('A', '1');
        },
      });
    },
  };
  await call('getters', (then) => http.get(getters, then));
  class Options {
    constructor() {
      Object.assign(this, at, { path: '/class' });
    }
    get method() {
      return read('inherited', 'POST');
    }
  }
  await call('an object of a class', (then) => http.get(new Options(), then));
  const watched = new Proxy({ ...at }, { get: (target, name) => read(`get ${String(name)}`, target[name]) });
  await call('proxy', (then) => http.get(watched, then));
  const plain = { ...at, headers: { A: '1' } };
  await call('plain', (then) => http.request(plain, then));
  console.log(JSON.stringify([reads, Object.keys(plain), plain.headers, Object.keys(frozen), frozen.headers]).replace(String(port), ''));
});
