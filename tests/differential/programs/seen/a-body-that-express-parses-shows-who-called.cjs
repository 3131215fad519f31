/*
express: [4, 5]
frames: all
steps:
  - request: POST /users
    headers: { Content-Type: application/json }
    body: '{"name":"x"}'
*/
Error.stackTraceLimit = 50;
const express = require('express');

const app = express();
app.use(express.json());
app.post('/users', (req, res) => res.end(`${req.body.name} ${new Error('where').stack}`));
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
