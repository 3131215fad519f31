/*
steps:
  - request: GET /
    tls: true
*/
const fs = require('fs');
const https = require('https');

const pem = fs.readFileSync(process.env.CERTIFICATE);
function old(req, res) {
  res.end('old');
}
const server = https.createServer({ key: pem, cert: pem }, old);
console.log(server.listeners('request')[0] === old, server.listenerCount('secureConnection'), server.eventNames().map(String).sort().join());
server.off('request', old);
server.on('request', (req, res) => res.end('new'));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
