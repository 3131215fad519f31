/*
express: [4, 5]
steps:
  - GET /sub/x/
  - GET /sub/x
  - GET /sub/X
*/
const express = require('express');

const app = express();
const sub = express();
sub.on('mount', (parent) => console.log(parent === app, sub.mountpath, sub.path()));
app.set('strict routing', true);
app.set('json spaces', 1);
app.use('/sub', sub);
sub.set('case sensitive routing', true);
sub.set('strict routing', true);
sub.get('/x', (req, res) => res.json({ own: req.app === sub, base: req.baseUrl, spaces: sub.get('json spaces') }));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
