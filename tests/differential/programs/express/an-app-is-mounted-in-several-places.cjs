/*
express: [4, 5]
steps: [GET /a/x, GET /b/c/x, GET /d/7/x, GET /host, GET /a/fails, GET /a/nothing, GET /next/x]
*/
const express = require('express');

const sub = express();
sub.on('mount', (parent) => console.log('mounted', sub.mountpath, parent === app, parent === other));
sub.locals.name = 'sub';
sub.set('x-powered-by', false);
sub.set('own', 1);
sub.get('/x', (req, res) => res.json({ base: req.baseUrl, url: req.url, original: req.originalUrl, path: sub.path(), mount: sub.mountpath, params: req.params, app: req.app === sub, locals: Object.keys(res.locals) }));
sub.get('/fails', (req, res, next) => {
  res.locals.before = 1;
  next(new Error('of sub'));
});
sub.use((error, req, res, next) => {
  console.log('sub sees', error.message, Object.keys(res.locals));
  next(error);
});
const other = express();
const app = express();
app.set('env', 'test');
app.enable('trust proxy');
app.use((req, res, next) => {
  res.locals = Object.assign(Object.create(null), { replaced: true });
  next();
});
app.use('/a', sub);
other.use('/c', sub);
app.use('/b', other);
app.use(['/d/:id', '/e'], sub);
app.use('/next', (req, res, next) => next('router'), sub);
app.get('/host', (req, res) => res.json([res.app === app, app.settings.own, sub.settings.own, sub.enabled('trust proxy'), app.mountpath, other.path()]));
app.use((error, req, res, next) => res.status(500).json({ error: error.message, base: req.baseUrl, locals: Object.keys(res.locals) }));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
