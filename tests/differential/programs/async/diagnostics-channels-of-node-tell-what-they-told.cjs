/*
nodes: '>=18'
steps:
  - GET /
*/
const channels = require('diagnostics_channel');
const http = require('http');

const seen = [];
for (const name of ['http.server.request.start', 'http.server.response.finish', 'net.server.socket'])
  channels.channel(name).subscribe((message) => seen.push(`${name} ${Object.keys(message).sort().join()}`));
const server = http.createServer((req, res) => res.end(seen.join('\n')));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
