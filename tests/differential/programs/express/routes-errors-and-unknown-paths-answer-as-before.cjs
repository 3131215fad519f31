/*
express: [4, 5]
env: { NODE_ENV: production }
steps:
  - GET /users/7
  - GET /fails
  - GET /nothing-here
  - POST /users/7
*/
const express = require('express');

const app = express();
app.get('/users/:id', (req, res) => res.json({ id: req.params.id, route: req.route.path }));
app.get('/fails', () => {
  throw new Error('broken');
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
