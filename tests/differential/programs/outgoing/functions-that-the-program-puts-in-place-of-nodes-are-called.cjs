/*
env: { OTEL_BSP_SCHEDULE_DELAY: 5 }
steps: [GET /http, GET /https, GET /agent, { pause: 80 }, GET /calls]
*/
const http = require('http');
const https = require('https');
const { PassThrough } = require('stream');

const calls = [];
const { request, get } = http;
http.request = function (...given) {
  calls.push(`request ${typeof given[0]}`);
  return request.apply(this, given);
};
http.get = function (...given) {
  calls.push(`get ${typeof given[0]}`);
  return get.apply(this, given);
};
https.request = () => {
  const fake = new PassThrough();
  fake.setHeader = () => undefined;
  setImmediate(() => fake.emit('response', Object.assign(new PassThrough(), { statusCode: 299 })));
  return fake;
};
const add = http.Agent.prototype.addRequest;
http.Agent.prototype.addRequest = function (req, ...rest) {
  calls.push(`addRequest ${req.path}`);
  return add.call(this, req, ...rest);
};
class Own extends http.Agent {
  createConnection(options, done) {
    calls.push(`createConnection ${options.path}`);
    return super.createConnection(options, done);
  }
  getName() {
    return 'own';
  }
}
const agent = new Own({ keepAlive: true, maxSockets: 1 });
const server = http.createServer((req, res) => {
  const to = { port: server.address().port, path: '/in' };
  if (req.url === '/http') http.get({ ...to, agent: false }, (answer) => answer.pipe(res));
  else if (req.url === '/https') https.request('https://nowhere.test').on('response', ({ statusCode }) => res.end(String(statusCode)));
  else if (req.url === '/agent') http.request({ ...to, agent }, (answer) => answer.pipe(res)).end();
  else res.end(req.url === '/calls' ? calls.join('\n') : 'in');
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => {
  console.log(calls.length, Object.keys(agent.freeSockets).join());
  process.exit();
});
