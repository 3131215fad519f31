import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { log } from './log.js';

/** What /ready says. */
export interface State {
  ready: boolean;
}

/** How long requests may go on after SIGTERM. */
const DRAIN_MS = 10_000;

/** Listens until SIGTERM or Ctrl-C: then not ready, no new connections, requests under way are answered; the process ends by itself and its traces are sent. */
export function serve(app: RequestListener, port: number, state: State): void {
  const server = createServer(app).listen(port, () => {
    log('info', 'listening', { port: (server.address() as AddressInfo).port });
  });
  const stop = (signal: NodeJS.Signals): void => {
    log('info', 'stopping', { signal });
    state.ready = false;
    server.close(() => log('info', 'stopped'));
    setInterval(() => server.closeIdleConnections(), 100).unref();
    setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
