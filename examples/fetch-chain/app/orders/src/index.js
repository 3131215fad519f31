import http from 'node:http';
import { createApp } from './app.js';

const port = Number(process.env.PORT ?? 3001);

const server = http.createServer(createApp());

server.listen(port, () => {
  console.log('orders listening on', port);
});
