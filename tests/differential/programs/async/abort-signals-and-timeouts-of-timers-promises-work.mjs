/*
nodes: '>=16'
steps:
  - GET /
*/
import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const server = http.createServer(async (req, res) => {
  const controller = new AbortController();
  const waiting = wait(5000, 'value', { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  const error = await waiting.catch((reason) => reason);
  res.end(`${error.name} ${error.code} ${await wait(1, 'done')}`);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
