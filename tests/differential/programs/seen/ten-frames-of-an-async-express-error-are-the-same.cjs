/*
express: [4, 5]
frames: all
steps:
  - GET /users/7
*/
const express = require('express');

const app = express();
app.get('/users/:id', async (req, res, next) => {
  await null;
  next(new Error('later'));
});
app.use((error, req, res, next) => res.end(error.stack));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
