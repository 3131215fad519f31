/*
ends: itself
*/
const http = require('http');

const say = (port, path) =>
  new Promise((done) => {
    http.get({ port, path, agent: false }, (res) => res.setEncoding('utf8').on('data', (text) => done(text))).on('error', (error) => done(error.code));
  });
const server = http.createServer((req, res) => res.end(`${req.url} of ${server.listenerCount('request')}`));
const listen = () => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const close = () => new Promise((done) => server.close(done));
async function main() {
  const first = await listen();
  console.log(await say(first, '/1'));
  try {
    server.listen(0);
  } catch (error) {
    console.log(error.code);
  }
  await close();
  console.log(await say(first, '/2'), server.listening, server.address());
  const second = await listen();
  server.on('request', () => console.log('second listener'));
  console.log(await say(second, '/3'));
  console.log((await close()) === undefined, (await close()).code);
  server.on('error', (error) => console.log('error', error.code));
  const other = http.createServer(server.listeners('request')[0]);
  other.listen(0, '127.0.0.1', async () => {
    server.listen(other.address().port, '127.0.0.1');
    console.log(await say(other.address().port, '/4'));
    other.close();
  });
}
main();
