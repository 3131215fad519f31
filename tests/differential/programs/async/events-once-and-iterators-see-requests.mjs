/*
steps:
  - GET /first
  - GET /second
*/
import { on, once } from 'node:events';
import http from 'node:http';

const server = http.createServer();
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
const [req, res] = await once(server, 'request');
res.end(`once ${req.url}`);
for await (const [next, answer] of on(server, 'request')) answer.end(`iterator ${next.url}`);
