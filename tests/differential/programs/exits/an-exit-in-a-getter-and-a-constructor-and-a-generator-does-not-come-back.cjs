/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
const http = require('http');

const server = http.createServer((req, res) => res.end('ok'));
class Fatal {
  constructor(code) {
    process.exit(code);
  }
}
const settings = {
  get code() {
    console.log('asked');
    if (!server.listening) return 1;
    for (const each of codes()) new Fatal(each);
    return 0;
  },
};
function* codes() {
  yield 12;
  console.log('never printed');
}
process.on('SIGTERM', () => console.log('never printed', settings.code));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
