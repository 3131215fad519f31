/*
ends: itself
*/
'use strict';
const https = require('https');
const net = require('net');

/** Speaks no TLS at all. */
const server = net.createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'));

const call = (make) =>
  new Promise((resolve) => {
    try {
      const req = make();
      req.on('error', (error) => resolve(`${error.name} ${error.code} ${req.protocol} ${req.host}`));
    } catch (error) {
      resolve(`thrown ${error.name} ${error.code} ${error.message}`);
    }
  });

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  console.log(await call(() => https.get({ port, agent: false })));
  console.log(await call(() => https.get(`https://127.0.0.1:${port}/`, { agent: false })));
  console.log(await call(() => https.request(new URL(`https://127.0.0.1:${port}/`)).end()));
  console.log(await call(() => https.get(`http://127.0.0.1:${port}/`)));
  console.log(await call(() => https.get({ port, ca: 5 })));
  console.log(await call(() => https.get({ host: 5, port })));
  console.log(await call(() => https.get('https://127.0.0.1:1/', { headers: ['A', 'b'] })));
  server.close();
});
