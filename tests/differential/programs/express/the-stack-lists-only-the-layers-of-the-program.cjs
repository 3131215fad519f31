/*
express: [4, 5]
steps:
  - GET /layers
  - GET /layers
*/
const express = require('express');

const app = express();
app.use(function first(req, res, next) {
  next();
});
app.use('/t/:tenant', express.Router());
app.get('/layers', (req, res) => {
  const { stack } = app._router || app.router;
  res.json(stack.map((layer) => [layer.name, Object.keys(layer).length]));
});
app.use(function last(error, req, res, next) {
  next(error);
});
console.log((app._router || app.router).stack.length, app.handle.name, app.handle.length, Object.keys(app.response).join());
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
