import '../instrumentation.mjs';
import 'reflect-metadata';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { log } from './log.js';

const config = readConfig(process.env);
const state = { ready: true };
const app = await createApp(config, state);
const server: Server = await app.listen(config.port);
log('info', 'listening', { port: (server.address() as AddressInfo).port });

/** Not ready, no new connections, requests under way are answered; then the process ends by itself and its traces are sent. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  log('info', 'stopping', { signal });
  state.ready = false;
  setInterval(() => server.closeIdleConnections(), 100).unref();
  setTimeout(() => server.closeAllConnections(), config.drainMs).unref();
  await app.close();
  log('info', 'stopped');
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
