'use strict';
const net = require('net');

/** A server on a plain socket that answers every request by its first line and keeps its head, as it came over the wire. */
exports.startWire = (answer) => {
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
  /** Without the headers that tracing adds. */
  const ours = /^(traceparent|tracestate|baggage):/i;
  const sent = () => heads.splice(0).map((lines) => lines.filter((line) => !ours.test(line)).join(' | '));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      const hide = (text) => text.split(String(port)).join('PORT');
      resolve({ server, port, url: `http://127.0.0.1:${port}`, at: { host: '127.0.0.1', port }, sent, hide });
    });
  });
};
