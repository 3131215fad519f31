/*
express: [4, 5]
steps:
  - GET /a/
  - GET /A
  - GET /a?x=1
  - GET /info
*/
const express = require('express');

const app = express();
app.enable('strict routing');
app.set('case sensitive routing', true);
app.set('query parser', (text) => ({ text }));
app.set('trust proxy', 1);
app.set('etag', 'strong');
app.set('json spaces', 2);
app.set('json escape', true);
app.set('subdomain offset', 1);
app.disable('x-powered-by');
app.set('env', 'test');
app.get('/a', (req, res) => res.json(req.query));
app.get('/info', (req, res) => res.json([req.ip, req.subdomains, '<b>']));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
