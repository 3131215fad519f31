/*
express: [4, 5]
steps: [GET /1, GET /reload, GET /2, GET /fails]
*/
// Hot reload: what was loaded is forgotten and loaded again while the server goes on.
const http = require('http');

let app = make();
function make() {
  const express = require('express');
  const made = express();
  made.set('env', 'test');
  made.get('/fails', () => {
    throw new Error('failed');
  });
  made.get('/:id', (req, res) => res.end(`${req.params.id} ${Object.keys(req.route).length}`));
  return made;
}
function reload() {
  const count = Object.keys(require.cache).length;
  for (const key of Object.keys(require.cache)) delete require.cache[key];
  console.log('forgot some', count > 10);
  app = make();
}
const server = http.createServer((req, res) => {
  if (req.url === '/reload') reload();
  app(req, res);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
console.log(server.listenerCount('request'));
