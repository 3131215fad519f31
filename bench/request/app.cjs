'use strict';
// The measured program: the middleware stack of a generated Express app, and one JSON route in a mounted router. BENCH_BOOT names what it loads first; the parent talks to it over IPC.
if (process.env.BENCH_BOOT) require(process.env.BENCH_BOOT);
const express = require('express');

const app = express();
if (process.env.BENCH_EXPRESS) require('@tracewright/middleware/express').traceExpress(app);
for (const name of ['logger', 'security', 'cookies', 'session']) {
  const pass = (_req, res, next) => {
    res.locals[name] = true;
    next();
  };
  app.use(Object.defineProperty(pass, 'name', { value: name }));
}
app.use(express.json());
app.use(express.urlencoded({ extended: false }));
const users = express.Router();
users.get('/:id', (req, res) => {
  res.json({ id: req.params.id, name: 'Ada', roles: ['admin', 'user'] });
});
app.use('/users', users);
app.use((error, _req, res, _next) => {
  res.status(500).json({ error: error.message });
});

const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => {
  // Late exports belong to the requests before them.
  setTimeout(() => process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss }), 400);
});
process.on('disconnect', () => process.exit(0));
