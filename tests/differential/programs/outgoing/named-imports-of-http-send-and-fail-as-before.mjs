/*
ends: itself
*/
import * as namespace from 'node:http';
import http, { createServer, get, request } from 'node:http';
import { get as secureGet, request as secureRequest } from 'node:https';

const server = createServer((req, res) => res.end(`${req.method} ${req.url} ${req.headers.host ? 'host' : ''} ${req.headers['x-a']}`));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();

function call(send, ...args) {
  return new Promise((resolve) => {
    const req = send(...args, (res) => {
      let text = '';
      res.on('data', (data) => {
        text += data;
      });
      res.on('end', () => resolve(text));
    });
    req.on('error', (error) => resolve(`${error.name} ${error.code}`));
    req.end();
  });
}

const options = { port, path: '/a', agent: false, headers: ['X-A', '1', 'Host', 'h', 'Connection', 'close'] };
for (const send of [get, request, http.get, http.request, namespace.get, namespace.request]) console.log(send.name, send.length, await call(send, options));
for (const send of [secureGet, secureRequest]) console.log(send.name, send.length, await call(send, { port, rejectUnauthorized: false, agent: false }));
console.log(get === http.get, namespace.request === request, http.get === namespace.default.get);
server.close();
