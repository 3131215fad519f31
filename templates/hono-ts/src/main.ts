import '../instrumentation.mjs';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { traceHono } from '@tracewright/middleware/hono';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { log } from './log.js';

const config = readConfig(process.env);
const state = { ready: true };
const { fetch } = traceHono(createApp(config, state));
const server = serve({ fetch, port: config.port }, ({ port }) => log('info', 'listening', { port })) as Server;

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
