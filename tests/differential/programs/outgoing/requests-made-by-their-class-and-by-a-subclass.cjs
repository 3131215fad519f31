/*
steps:
  - GET /
*/
const http = require('http');

class Own extends http.ClientRequest {
  emit(event, ...args) {
    if (event !== 'newListener') seen.push(`own ${String(event)} ${args.length}`);
    return super.emit(event, ...args);
  }
}
const seen = [];
const inner = http.createServer((req, res) => res.end(req.headers.accept));
const server = http.createServer(async (req, res) => {
  const options = { port: inner.address().port, host: '127.0.0.1', agent: false, headers: { accept: 'x' } };
  for (const make of [(given, done) => new http.ClientRequest(given, done), (given, done) => new Own(given, done), http.request])
    await new Promise((resolve) => {
      const sent = make(options, (response) => response.resume().on('end', resolve));
      const { emit } = sent;
      sent.emit = function (event, ...args) {
        if (event === 'response') seen.push(`replaced ${event} ${args.length}`);
        return emit.call(this, event, ...args);
      };
      console.log(sent instanceof http.ClientRequest, sent.constructor.name, Object.keys(sent).includes('emit'));
      sent.end();
    });
  res.end(seen.join('\n'));
});
inner.listen(0, '127.0.0.1', () => server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`)));
