'use strict';
// The smallest measured program: one JSON route and nothing else. BENCH_BOOT names what it loads first; the parent talks to it over IPC.
if (process.env.BENCH_BOOT) require(process.env.BENCH_BOOT);
const express = require('express');

const app = express();
if (process.env.BENCH_EXPRESS) require('@tracewright/middleware/express').traceExpress(app);
app.get('/users/:id', (req, res) => {
  res.json({ id: req.params.id, name: 'Ada', roles: ['admin', 'user'] });
});

const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => {
  // Late exports belong to the requests before them.
  setTimeout(() => process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss }), 400);
});
process.on('disconnect', () => process.exit(0));
