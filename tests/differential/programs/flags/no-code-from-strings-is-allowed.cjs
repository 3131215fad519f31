/*
node-args: [--disallow-code-generation-from-strings]
express: [5]
steps:
  - GET /users/7
*/
const express = require('express');

const app = express();
app.get('/users/:id', (req, res) => {
  try {
    res.end(String(eval('1 + 1')));
  } catch (error) {
    res.end(`${error.name} ${req.params.id}`);
  }
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
