/*
express: [4, 5]
steps:
  - GET /users/7?a=1
  - GET /twice/inner
  - GET /again/inner
  - GET /skip
  - GET /swapped
*/
const express = require('express');

Object.defineProperty(express.request, 'asked', {
  configurable: true,
  get() {
    return `${this.method} ${this.originalUrl}`;
  },
});
express.response.say = function (text) {
  return this.status(203).send(text);
};
const app = express();
const { handle } = app;
app.handle = function (req, res, done) {
  res.setHeader('X-Handled', String((this.handled = (this.handled || 0) + 1)));
  return handle.call(this, req, res, done);
};
app.response.locals = { from: 'the prototype' };
app.use((req, res, next) => {
  res.setHeader('X-Locals', JSON.stringify(res.locals) + Object.keys(res).includes('locals'));
  next();
});
app.param('id', (req, res, next, id) => {
  req.user = `user ${id}`;
  next();
});
app.get('/users/:id', (req, res) => res.say(`${req.asked} ${req.user}`));
const inner = express();
inner.get('/inner', (req, res) => res.say(`${req.baseUrl} ${req.app === inner} ${res.app === inner} ${inner.mountpath}`));
app.use('/twice', inner);
app.use('/again', inner);
const router = express.Router();
router.use((req, res, next) => next('router'));
app.use('/skip', router, (req, res) => res.say('skipped'));
app.get('/swapped', (req, res) => res.say('old'));
const layers = (app._router || app.router).stack;
layers[layers.length - 1].route.stack[0].handle = (req, res) => res.say('new');
console.log(layers.map(({ name }) => name).join());
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
