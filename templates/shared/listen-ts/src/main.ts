import '../instrumentation.mjs';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { log } from './log.js';

const config = readConfig(process.env);
const state = { ready: true };
const server = createApp(config, state).listen(config.port, () => {
  log('info', 'listening', { port: (server.address() as AddressInfo).port });
});

/** Not ready, no new connections, requests under way are answered; then the process ends by itself and its traces are sent. */
function stop(signal: NodeJS.Signals): void {
  log('info', 'stopping', { signal });
  state.ready = false;
  server.close(() => log('info', 'stopped'));
  setInterval(() => server.closeIdleConnections(), 100).unref();
  setTimeout(() => server.closeAllConnections(), config.drainMs).unref();
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
