/*
ends: itself
*/
'use strict';
const http = require('http');
const { withCalls } = require('./shared/calls.cjs');

function answer(socket) {
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
}

withCalls(answer, async ({ at, call, hide, sent }) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (const name of ['first', 'second', 'third'])
    await call(name, (then) => http.get({ ...at, agent }, then), (req) => req.on('close', () => console.log(name, req.reusedSocket)));
  await Promise.all(['one', 'two'].map((path) => new Promise((done) => http.get({ ...at, agent, path: `/${path}` }, (res) => res.resume().on('end', done)))));
  console.log(hide(String(sent())));
  agent.destroy();
});
