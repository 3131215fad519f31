/*
express: [4, 5]
steps:
  - GET /own
  - GET /skips/7
  - GET /fails/7
*/
const express = require('express');

const app = express();
const own = (object, key) => Object.keys(Object.getOwnPropertyDescriptor(object, key) || {}).join();
app.get('/own', (req, res) => res.json([Object.keys(req), Object.keys(res), own(req, 'route'), own(res, 'locals'), 'route' in req]));
app.get('/skips/:id', (req, res, next) => next('route'));
app.get('/skips/7', (req, res) => res.json([req.route.path, own(req, 'route')]));
app.get('/fails/:id', () => {
  throw new Error('broken');
});
app.use((error, req, res, next) => res.status(500).json([req.route.path, own(req, 'route'), req.baseUrl]));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
