/*
nodes: '>=16'
steps:
  - GET /
*/
const http = require('http');

const inner = http.createServer((req, res) => {
  if (req.url === '/silent') return;
  res.write('begun');
  if (req.url === '/whole') res.end();
});
const moments = {
  before: (abort) => abort(),
  tick: (abort) => process.nextTick(abort),
  socket: (abort, sent) => sent.on('socket', abort),
  response: (abort, sent) => sent.on('response', abort),
  data: (abort, sent) => sent.on('response', (response) => response.once('data', abort)),
  end: (abort, sent) => sent.on('response', (response) => response.resume().on('end', abort)),
};
function ask(moment, path, done) {
  const controller = new AbortController();
  const said = [moment];
  if (moment === 'before') controller.abort();
  const sent = http.get({ port: inner.address().port, host: '127.0.0.1', path, agent: false, signal: controller.signal });
  for (const event of ['error', 'abort', 'response', 'close']) sent.on(event, (value) => said.push(event, value && value.code));
  sent.on('response', (response) => {
    for (const event of ['error', 'aborted', 'end', 'close']) response.on(event, (value) => said.push(`response ${event}`, value && value.code));
    if (moment !== 'data' && moment !== 'end') response.resume();
  });
  moments[moment](() => controller.abort(), sent);
  sent.on('close', () => setTimeout(() => done(`${said.join(' ')} ${sent.destroyed} ${sent.aborted}`), 20));
}
const server = http.createServer((req, res) => {
  const left = Object.keys(moments);
  const next = () => {
    const moment = left.shift();
    if (moment === undefined) return res.end();
    ask(moment, moment === 'end' ? '/whole' : '/begun', (text) => {
      console.log(text);
      next();
    });
  };
  next();
});
inner.listen(0, '127.0.0.1', () => server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`)));
