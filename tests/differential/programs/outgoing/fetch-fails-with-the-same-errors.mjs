/*
nodes: '>=18'
ends: itself
*/
import net from 'node:net';

/** Answers every request as its path says and keeps its head, as it came over the wire. */
const heads = [];
const server = net.createServer((socket) => {
  let text = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    text += data;
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      heads.push(text.slice(0, end).split('\r\n'));
      text = text.slice(end + 4);
      answer(socket, heads[heads.length - 1][0]);
    }
  });
});

function answer(socket, line) {
  if (/hangs/.test(line)) return;
  if (/cut/.test(line)) return void socket.destroy();
  if (/partial/.test(line)) return void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok', () => setTimeout(() => socket.destroy(), 30));
  if (/redirect/.test(line)) return void socket.write('HTTP/1.1 302 Found\r\nLocation: /landed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  if (/hints/.test(line)) socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
  socket.write(`HTTP/1.1 200 OK\r\nX-D: 1\r\nX-D: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\n${/^HEAD/.test(line) ? '' : 'ok'}`);
}

const ours = /^(traceparent|tracestate|baggage):/i;
const sent = () => heads.splice(0).map((lines) => lines.filter((line) => !ours.test(line)).join(' | '));
const tell = (error) => `${error.name} ${error.code} ${error.message} ${error.cause ? `${error.cause.name} ${error.cause.code}` : ''}`;

async function call(name, ...args) {
  let seen;
  try {
    const response = await fetch(...args);
    seen = [response.status, response.redirected, [...response.headers], await response.text()];
  } catch (error) {
    seen = tell(error);
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  console.log(JSON.stringify([name, seen, sent()]).split(String(server.address().port)).join('PORT'));
}

await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;
await call('refused', 'http://127.0.0.1:1');
await call('cut', `${url}/cut`);
await call('partial', `${url}/partial`);
await call('redirect as an error', `${url}/redirect`, { redirect: 'error' });
await call('no address', 'nonsense');
await call('scheme', 'ftp://x');
await call('name of a header', url, { headers: { 'a b': 'c' } });
await call('method', url, { method: 'A B' });
await call('CONNECT', url, { method: 'CONNECT' });
await call('body with GET', url, { body: 'x' });
await call('user info', url.replace('//', '//user:secret@'));
await call('nothing');
await call('aborted before', url, { signal: AbortSignal.abort() });
const after = new AbortController();
setTimeout(() => after.abort(), 30);
await call('aborted', `${url}/hangs`, { signal: after.signal });
await call('too late', `${url}/hangs`, { signal: AbortSignal.timeout(30) });
server.close();
