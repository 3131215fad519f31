/*
express: [4, 5]
steps: [GET /x, GET /fails]
*/
const express = require('express');
const http = require('http');

const app = express();
app.set('env', 'test');
app.get('/x', (req, res) => res.end(String(req.app === app)));
app.get('/fails', () => {
  throw new Error('failed');
});
app.use((error, req, res, next) => res.status(500).end(error.message));
const traps = {};
for (const name of ['get', 'has', 'apply', 'getOwnPropertyDescriptor', 'ownKeys', 'set', 'defineProperty', 'getPrototypeOf'])
  traps[name] = (target, ...given) => {
    console.log(name, name === 'apply' ? '' : String(given[0]));
    return Reflect[name](target, ...given);
  };
const server = http.createServer(new Proxy(app, traps));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
