import '../instrumentation.mjs';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { log } from './log.js';

const config = readConfig(process.env);
const state = { ready: true };
const app = createApp(config, state);
// Every address: Fastify's own choice, localhost, is not reached from outside a container.
await app.listen({ port: config.port, host: '0.0.0.0' });
log('info', 'listening', { port: (app.server.address() as AddressInfo).port });

/** Not ready, no new connections, requests under way are answered; then the process ends by itself and its traces are sent. */
function stop(signal: NodeJS.Signals): void {
  log('info', 'stopping', { signal });
  state.ready = false;
  app.close(() => log('info', 'stopped'));
  setInterval(() => app.server.closeIdleConnections(), 100).unref();
  setTimeout(() => app.server.closeAllConnections(), config.drainMs).unref();
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
