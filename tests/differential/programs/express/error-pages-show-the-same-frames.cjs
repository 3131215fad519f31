/*
express: [4, 5]
frames: all
steps:
  - GET /throws
  - GET /throws
  - GET /next
  - GET /mounted/7/next
  - GET /again
  - GET /param/bad
  - GET /view
  - GET /text
  - GET /missing
*/
// The length of a page is compared, so the numbers of all lines have two digits, before and after.
// A stack trace says which functions called the one that failed.
// Ten of them are shown: the handler, the layer that called it,
// the functions of the router below, and at last the server.
// None of ours may be among them, on the first request or later,
// in a route, below a mount, in an error handler, or in a parameter's callback.
// That holds for what the page shows and for what is printed.
const express = require('express');

const app = express();
app.set('env', 'development');
app.param('checked', (req, res, next) => next(new Error('parameter')));
app.get('/throws', () => {
  throw new Error('thrown');
});
app.get('/next', (req, res, next) => next(new Error('handed on')));
app.get('/param/:checked', (req, res) => res.end());
app.get('/view', (req, res) => res.render('none'));
app.get('/text', (req, res, next) => next('only text'));
const router = express.Router();
router.get('/next', (req, res, next) => next(new Error('below a mount')));
app.use('/mounted/:id', router);
app.get('/again', (req, res, next) => next(new Error('first')));
app.use('/again', (error, req, res, next) => {
  throw new Error(`second, after ${error.message}`);
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
