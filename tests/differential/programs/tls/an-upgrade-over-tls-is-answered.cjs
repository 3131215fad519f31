/*
untraced: an upgrade is no request
steps:
  - tls: true
    connection:
      - send: |+
          GET /chat HTTP/1.1
          Host: localhost
          Connection: Upgrade
          Upgrade: echo

      - wait: "101"
      - bytes: "over tls"
*/
const fs = require('fs');
const https = require('https');

const pem = fs.readFileSync(process.env.CERTIFICATE);
const server = https.createServer({ key: pem, cert: pem }, (req, res) => res.end('no'));
server.on('upgrade', (req, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  socket.once('data', (chunk) => socket.end(`echo ${chunk}`));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
