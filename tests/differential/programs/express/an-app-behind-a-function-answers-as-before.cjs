/*
express: [4, 5]
frames: all
steps:
  - GET /a/1
  - GET /fails
  - GET /fails
  - GET /a/1
*/
// The length of a page is compared, so the numbers of all lines have two digits, before and after.
// A stack trace says which functions called the one that failed.
// Ten of them are shown: the handler, the layer that called it,
// the functions of the router below, and at last the server.
// None of ours may be among them, on the first request or later,
// in a route, below a mount, in an error handler, or in a parameter's callback.
// That holds for what the page shows and for what is printed.
const express = require('express');
const http = require('http');

const app = express();
app.set('env', 'development');
app.use((req, res, next) => next());
app.get('/a/:id', (req, res) => res.json(req.params));
app.get('/fails', (req, res, next) => next(new Error('broken')));
const server = http.createServer((req, res) => app(req, res));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
