/*
untraced: an upgrade is no request
steps:
  - connection:
      - send: |+
          GET /socket HTTP/1.1
          Host: localhost
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Version: 13

      - wait: "101 Switching"
      - bytes: "\x81\x85\x01\x02\x03\x04igohn"
      - wait: "hello"
      - bytes: "\x88\x80\x00\x00\x00\x00"
*/
const http = require('http');
const crypto = require('crypto');

const server = http.createServer((req, res) => res.end('no socket'));
server.on('upgrade', (req, socket) => {
  const accept = crypto.createHash('sha1').update(`${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  socket.on('data', (frame) => {
    const opcode = frame[0] & 15;
    if (opcode === 8) return socket.end(Buffer.from([0x88, 0]));
    const length = frame[1] & 127;
    const mask = frame.subarray(2, 6);
    const payload = frame.subarray(6, 6 + length).map((byte, at) => byte ^ mask[at % 4]);
    console.log('got', Buffer.from(payload).toString());
    socket.write(Buffer.concat([Buffer.from([0x81, payload.length]), payload]));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
