/*
steps:
  - request: POST /objects
    body: some text
  - request: POST /prototypes
    body: some text
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
  if (req.url === '/objects') {
    replace('req', req);
    replace('res', res);
  }
  req.on('data', () => undefined).on('end', () => res.end('ok'));
  res.on('close', () => setTimeout(() => console.log(log.splice(0).join('\n')), 20));
  if (req.url === '/objects')
    res.on('close', () => {
      replace('IncomingMessage', http.IncomingMessage.prototype);
      replace('ServerResponse', http.ServerResponse.prototype);
      replace('Server', http.Server.prototype);
    });
  console.log(Object.keys(req).includes('emit'), Object.keys(res).includes('emit'), typeof req.emit);
});
server.listen(0, '127.0.0.1', () => {
  replace('server', server);
  console.log(`port ${server.address().port}`);
});
