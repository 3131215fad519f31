const express = require('express');

const app = express();
app.get('/plain', (_req, res) => res.send('plain'));
const api = express.Router();
api.get('/items/:id', (req, res) => {
  console.log('looked up');
  res.json({ id: req.params.id });
});
api.get('/fails/:id', (req) => {
  throw new TypeError(`broken ${req.params.id}`);
});
api.get('/refuses/:id', (_req, res) => res.status(400).send('wrong'));
api.get('/caught/:id', (req, _res, next) => next(new RangeError(`caught ${req.params.id}`)));
api.use((error, _req, res, next) => (error instanceof RangeError ? res.status(500).send(error.name) : next(error)));
api.get('/slow/:id', () => undefined);
app.use('/api/v1', api);
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
