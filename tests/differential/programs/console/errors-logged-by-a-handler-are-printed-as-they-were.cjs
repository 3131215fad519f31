/*
express: [4, 5]
env: { NODE_ENV: test }
steps:
  - GET /caught
  - GET /next
*/
const express = require('express');

class QueryError extends Error {
  constructor(message) {
    super(message);
    this.name = 'QueryError';
    this.code = 'E_QUERY';
    this.query = { text: 'select 1', values: [1] };
  }
}
const app = express();
app.get('/caught', (req, res) => {
  const error = new QueryError('caught');
  console.error('request failed', error);
  console.log(Object.getOwnPropertyNames(error).sort().join());
  res.status(500).json({ error: error.message });
});
app.get('/next', (req, res, next) => next(new QueryError('passed on')));
app.use((error, req, res, next) => {
  console.error(error.code, Object.keys(error).join());
  res.status(503).send(error.name);
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
