/*
steps:
  - GET /
*/
const http = require('http');

const server = http.createServer((req, res) => {
  const second = http.createServer(() => undefined);
  const said = [];
  second.on('error', (error) => {
    said.push(error.code, second.listening);
    try {
      server.listen(0);
    } catch (again) {
      said.push(again.code);
    }
    second.listen(0, '127.0.0.1', () => {
      said.push(second.listening);
      second.close(() => {
        said.push(second.listening, second.address());
        second.listen(0, '127.0.0.1', () => second.close(() => res.end(JSON.stringify(said))));
      });
    });
  });
  second.listen(server.address().port, '127.0.0.1');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
