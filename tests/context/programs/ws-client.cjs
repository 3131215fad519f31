const { WebSocket, WebSocketServer } = require('ws');
module.exports = async ({ call, traceId }) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.on('listening', resolve));
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
  let client;
  return async (n) => {
    if (client === undefined) {
      client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
      await new Promise((resolve) => client.on('open', resolve));
      client.on('message', (data) => console.log(`heard ${data} in ${traceId()}`));
    }
    client.send(String(n));
    await call(n);
  };
};
