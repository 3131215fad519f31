/*
steps:
  - GET /1
  - GET /2
*/
const http = require('http');

const server = http.createServer();
function welcome(req, res) {
  res.end('welcome');
}
server.once('request', welcome);
console.log(server.rawListeners('request')[0].listener === welcome, server.listeners('request')[0] === welcome);
server.on('request', (req, res) => {
  if (!res.writableEnded) res.end(`then ${req.url}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
