/*
express: [4, 5]
steps:
  - GET /hello
*/
const http = require('http');
const express = require('express');

const app = express();
app.get('/hello', (req, res) => res.send('hello'));
const server = http.createServer(app);
console.log(server.listeners('request')[0] === app, app.name, app.length, typeof app.handle);
server.off('request', app);
console.log(server.listenerCount('request'));
server.on('request', app);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
