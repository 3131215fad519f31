const http = require('http');
const { maintenance } = require('./handler.cjs');
const { goLive } = require('./go-live.cjs');

const server = http.createServer();
server.on('request', maintenance);
server.on('request', () => goLive(server));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
