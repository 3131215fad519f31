/*
steps:
  - GET /ask
  - stdout: child exit 2
*/
const { fork } = require('child_process');
const http = require('http');

if (process.argv[2] === 'child') {
  process.on('message', ({ id, text }) => process.send({ id, text: text.toUpperCase() }));
  process.on('disconnect', () => process.exit(2));
} else {
  const child = fork(__filename, ['child']);
  child.on('exit', (code) => console.log('child exit', code));
  const server = http.createServer((req, res) => {
    child.once('message', (message) => {
      res.end(JSON.stringify(message));
      child.disconnect();
    });
    child.send({ id: 1, text: req.url });
  });
  server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
}
