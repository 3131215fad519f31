/*
steps: [GET /1, GET /2, GET /stop]
ends: itself
*/
// Sticky sessions: the primary takes each connection and hands it to the worker that knows the client.
const cluster = require('cluster');
const http = require('http');
const net = require('net');

if (cluster.isMaster) {
  const worker = cluster.fork();
  const server = net.createServer({ pauseOnConnect: true }, (socket) => worker.send('connection', socket));
  worker.on('message', (message) => {
    console.log('primary got', message);
    if (message === 'ready') server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
    if (message === 'stop') server.close();
    if (message === 'stop') worker.disconnect();
  });
  worker.on('exit', (code, signal) => console.log('worker ended', code, signal));
} else {
  const server = http.createServer((req, res) => {
    res.setHeader('Connection', 'close');
    res.end(`${req.url} of worker ${cluster.worker.id}`);
    if (req.url === '/stop') res.on('close', () => process.send('stop'));
  });
  server.listen(0, '127.0.0.1', () => process.send('ready'));
  process.on('message', (message, socket) => {
    if (message !== 'connection') return;
    server.emit('connection', socket);
    socket.resume();
  });
}
