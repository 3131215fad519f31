/*
express: [4, 5]
untraced: it ends before the response is closed
steps:
  - GET /
*/
const express = require('express');

const app = express();
app.get('/', (_req, res) => {
  res.on('finish', () => {
    process.on('exit', (code) => console.log(`exit ${code}`));
    throw Object.assign(new RangeError('after the answer'), { extra: 1 });
  });
  res.send('answered');
});
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
