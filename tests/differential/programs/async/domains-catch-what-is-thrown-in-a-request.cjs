/*
steps:
  - GET /throws
  - GET /later
  - GET /fine
*/
const domain = require('domain');
const http = require('http');

const server = http.createServer((req, res) => {
  const own = domain.create();
  own.add(req);
  own.add(res);
  own.on('error', (error) => {
    console.log('domain', error.message, process.domain === own, error.domain === own);
    res.statusCode = 500;
    res.end('caught by a domain');
  });
  own.run(() => {
    if (req.url === '/throws') throw new Error('sync');
    if (req.url === '/later') setTimeout(() => own.emit('error', new Error('emitted')), 5);
    else if (req.url === '/fine') res.end(`fine ${process.domain === own}`);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
