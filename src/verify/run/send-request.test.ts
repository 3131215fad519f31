import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { sendRequest } from './send-request.ts';

const request = { service: 'a', method: 'GET', path: '/', headers: {}, expectSpans: [], ignore: [] };

/** Writes its access log as Express's loggers do, on a machine that is slow at that moment. */
const logging = `const server = require('http').createServer((req, res) => {
  res.on('finish', () => { for (const end = Date.now() + 300; Date.now() < end; ); console.log('GET / 200'); });
  res.end('hello');
}).listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

it('lets the program write what it writes as an answer ends', async () => {
  const program = spawn(process.execPath, ['-e', logging]);
  const output = text(program.stdout);
  const [first] = await once(program.stdout, 'data');
  const exchange = await sendRequest('s', request, { host: '127.0.0.1', port: Number(first), tls: false }, { timeoutMs: 8_000 });
  program.kill('SIGTERM');
  expect(exchange).toMatchObject({ status: 200, body: 'hello' });
  expect(await output).toMatch(/GET \/ 200\n$/);
});

it('does not wait for a program that never closes a connection', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {}).once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const exchange = await sendRequest('s', request, { host: '127.0.0.1', port, tls: false }, { timeoutMs: 8_000 });
  server.close();
  expect(exchange).toMatchObject({ status: 200, body: 'ok' });
});
