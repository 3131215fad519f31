/*
express: [4, 5]
steps:
  - GET /users/7
*/
const express = require('express');
const http = require('http');

const app = express();
app.get('/users/:id', (req, res) => res.json([...asked].sort()));
const asked = new Set();
const server = http.createServer((req, res) => {
  const spied = new Proxy(req, {
    get(target, key, receiver) {
      if (typeof key === 'symbol') asked.add(key.description);
      return Reflect.get(target, key, receiver);
    },
  });
  app(spied, res);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
