/*
steps:
  - request: POST /objects
    body: some text
  - request: POST /prototypes
    body: some text
  - stdout: told
*/
const http = require('http');

const log = [];
const replace = (name, object) => {
  const { emit } = object;
  object.emit = function (event, ...args) {
    log.push(`${name} ${String(event)} ${args.length}`);
    return emit.call(this, event, ...args);
  };
};
const server = http.createServer((req, res) => {
  log.push(`${Object.keys(req).includes('emit')} ${Object.keys(res).includes('emit')} ${typeof req.emit}`);
  if (req.url === '/objects') {
    replace('req', req);
    replace('res', res);
  }
  req.on('data', () => undefined).on('end', () => {
    if (req.url === '/objects') {
      replace('IncomingMessage', http.IncomingMessage.prototype);
      replace('ServerResponse', http.ServerResponse.prototype);
      replace('Server', http.Server.prototype);
      res.end('ok');
      return;
    }
    res.end('ok');
    setTimeout(() => console.log(`${log.join('\n')}\ntold`), 200);
  });
});
server.listen(0, '127.0.0.1', () => {
  replace('server', server);
  console.log(`port ${server.address().port}`);
});
