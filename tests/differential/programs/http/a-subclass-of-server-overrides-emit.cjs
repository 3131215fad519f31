/*
steps:
  - GET /a
*/
const http = require('http');

class Watched extends http.Server {
  emit(event, ...args) {
    if (event === 'request') console.log('emit', event, args.length);
    return super.emit(event, ...args);
  }
}
class Answer extends http.ServerResponse {
  json(value) {
    this.setHeader('Content-Type', 'application/json');
    this.end(JSON.stringify(value));
  }
}
const server = new Watched({ ServerResponse: Answer }, (req, res) => res.json({ url: req.url }));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
