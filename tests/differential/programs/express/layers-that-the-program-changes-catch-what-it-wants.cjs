/*
express: [4]
packages: [express]
steps: [GET /async, GET /sync, GET /param/1, GET /fine, GET /async]
*/
// What a well known library does so that rejections of Express 4 handlers reach the error handler.
const express = require('express');
const Layer = require('express/lib/router/layer');
const Router = require('express/lib/router');

const last = (list) => list[list.length - 1];
Object.defineProperty(Layer.prototype, 'handle', {
  enumerable: true,
  get() {
    return this.__handle;
  },
  set(fn) {
    this.__handle =
      fn.length === 4
        ? fn
        : function wrapped(...args) {
            const made = fn.apply(this, args);
            const next = last(args);
            if (made && made.catch) made.catch((error) => next(error));
            return made;
          };
  },
});
const param = Router.prototype.constructor.param;
Router.prototype.constructor.param = function (name, fn) {
  return param.call(this, name, (req, res, next, ...rest) => Promise.resolve(fn(req, res, next, ...rest)).catch(next));
};
const app = express();
app.set('env', 'test');
app.param('id', async (req, res, next) => {
  throw new Error('of a parameter');
});
app.get('/async', async () => {
  throw new Error('rejected');
});
app.get('/sync', () => {
  throw new Error('thrown');
});
app.get('/param/:id', (req, res) => res.end('never'));
app.get('/fine', async (req, res) => res.end('fine'));
app.use((error, req, res, next) => res.status(500).send(`caught ${error.message}`));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
