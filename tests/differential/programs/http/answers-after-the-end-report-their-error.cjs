/*
steps:
  - GET /twice
  - GET /headers
*/
const http = require('http');

const server = http.createServer((req, res) => {
  res.on('error', (error) => console.log('error event', error.code));
  res.end('first', () => console.log('finished', res.writableFinished));
  if (req.url === '/twice') {
    res.end('second');
    res.write('third', (error) => console.log('callback', error && error.code));
  } else {
    try {
      res.setHeader('X-Late', '1');
    } catch (error) {
      console.log(error.code);
    }
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
