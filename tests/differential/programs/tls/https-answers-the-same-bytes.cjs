/*
steps:
  - request: GET /secure
    tls: true
  - request: POST /echo
    tls: true
    body: secret
*/
const fs = require('fs');
const https = require('https');

const pem = fs.readFileSync(process.env.CERTIFICATE);
const server = https.createServer({ key: pem, cert: pem }, (req, res) => {
  res.setHeader('X-Encrypted', String(req.socket.encrypted));
  if (req.method === 'POST') req.pipe(res);
  else res.end(`${req.url} ${req.socket.authorized}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
