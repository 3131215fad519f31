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
await call('text', `${url}/text`);
await call('URL', new URL(`${url}/url?a=b#c`));
await call('Request', new Request(`${url}/request`, { headers: { a: 'b' } }));
await call('Request and init', new Request(`${url}/request`, { headers: { a: 'b' } }), { headers: { c: 'd' } });
await call('object', url, { headers: { A: '1', b: '2' } });
await call('pairs', url, { headers: [['A', '1'], ['a', '2']] });
await call('Headers', url, { headers: new Headers([['a', 'b']]) });
await call('Map', url, { headers: new Map([['a', 'b']]) });
await call('null prototype', url, { headers: Object.assign(Object.create(null), { A: 1 }) });
await call('frozen', url, Object.freeze({ headers: Object.freeze({ x: 'y' }) }));
await call('post', url, { method: 'post', body: 'text' });
await call('bytes', url, { method: 'POST', body: Buffer.from('b') });
await call('form', url, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
await call('head', url, { method: 'HEAD' });
await call('own method', url, { method: 'PURGE' });
await call('redirect', `${url}/redirect`);
await call('redirect by hand', `${url}/redirect`, { redirect: 'manual' });
await call('early hints', `${url}/hints`);
await call('data', 'data:text/plain,hi');
server.close();
