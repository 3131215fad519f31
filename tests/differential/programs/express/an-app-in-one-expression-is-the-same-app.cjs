/*
express: [4, 5]
steps:
  - GET /one
  - GET /two
*/
const express = require('express');
const http = require('http');

const list = express(),
  other = list;
module.exports = express()
  .set('strict routing', true)
  .get('/one', (req, res) => res.json(req.app === module.exports))
  .use(list);
list.get('/two', (req, res) => res.json([list === other, req.app === list]));
const server = http.createServer(module.exports).listen(0, '127.0.0.1', () => {
  console.log(typeof module.exports, server.listeners('request')[0] === module.exports);
  console.log(`port ${server.address().port}`);
});
