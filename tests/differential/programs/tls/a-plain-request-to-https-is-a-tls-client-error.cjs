/*
untraced: no request arrives
steps:
  - connection:
      - send: |+
          GET / HTTP/1.1
          Host: localhost

*/
const fs = require('fs');
const https = require('https');

const pem = fs.readFileSync(process.env.CERTIFICATE);
const server = https.createServer({ key: pem, cert: pem }, (req, res) => res.end('never'));
server.on('tlsClientError', (error) => console.log(error.code));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
