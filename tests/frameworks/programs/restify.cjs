const restify = require('restify');
const errors = require('restify-errors');

const server = restify.createServer();
server.get('/plain', (_req, res, next) => {
  res.send('plain');
  next();
});
server.get('/api/v1/items/:id', (req, res, next) => {
  console.log('looked up');
  res.send({ id: req.params.id });
  next();
});
server.get('/api/v1/fails/:id', (req, _res, next) => {
  next(new TypeError(`broken ${req.params.id}`));
});
server.get('/api/v1/refuses/:id', (_req, _res, next) => next(new errors.BadRequestError('wrong')));
server.get('/api/v1/slow/:id', () => undefined);
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
