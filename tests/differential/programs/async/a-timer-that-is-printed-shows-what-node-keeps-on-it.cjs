/*
steps: [GET /]
*/
const http = require('http');
const util = require('util');

const server = http.createServer((req, res) => {
  const timer = setTimeout(() => undefined, 1);
  const text = util.inspect(timer, { depth: 5 });
  console.log(text.replace(/\d+/g, 'N'));
  console.log(Object.getOwnPropertySymbols(timer).length);
  res.end('ok');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
