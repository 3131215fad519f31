/*
nodes: '>=18.19'
steps:
  - GET /
*/
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import * as fs from 'node:fs';
import { readFileSync } from 'fs';
import pino from 'pino';

const require = createRequire(import.meta.url);
const log = pino({ level: 'silent' });
const counted = 'data:text/javascript,globalThis.n = (globalThis.n || 0) + 1; export const n = globalThis.n; export let live = 0; export const up = () => { live += 1; };';
const [one, two] = [await import(counted), await import(counted)];
one.up();

const server = createServer((_req, res) => {
  log.info('asked');
  const facts = [one === two, one.n, two.live, fs.readFileSync === readFileSync, require('fs').readFileSync === readFileSync];
  res.end(JSON.stringify([...facts, import.meta.url.startsWith('file:'), typeof require.resolve]));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
