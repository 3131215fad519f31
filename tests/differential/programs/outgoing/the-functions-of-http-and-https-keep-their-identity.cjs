/*
ends: itself
*/
'use strict';
const http = require('http');
const { ok, withCalls } = require('./shared/calls.cjs');

withCalls(ok, async ({ call, url }) => {
  const https = require('https');
  const other = { http: require('node:http'), https: require('node:https') };
  for (const [name, client] of Object.entries({ http, https }))
    for (const member of ['request', 'get']) {
      const send = client[member];
      const { value, ...kind } = Object.getOwnPropertyDescriptor(client, member);
      console.log(name, member, send.name, send.length, Object.getOwnPropertyNames(send).sort(), kind, other[name][member] === send);
    }
  console.log(Object.keys(http).join(), Object.keys(https).join(), http.get === https.get, http.request === https.request);
  await call('one call', (then) => http.get(url, then));
});
