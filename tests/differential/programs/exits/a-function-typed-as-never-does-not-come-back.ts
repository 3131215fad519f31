/*
steps:
  - GET /
  - signal: SIGTERM
ends: itself
*/
import { createServer } from 'node:http';

const server = createServer((_req, res) => res.end('ok'));
const die: (code: number) => never = (code) => {
  process.exit(code);
};

function codeOf(listening: boolean): number {
  if (!listening) return 0;
  die(41);
}

process.on('SIGTERM', () => {
  console.log('never printed', codeOf(server.listening));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`port ${address !== null && typeof address === 'object' ? address.port : 0}`);
});
