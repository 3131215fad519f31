import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { traceHttp } from '@tracewright/middleware/http';
import { log } from './log.js';
import type { Orders } from './orders.js';

const routes = ['/health', '/ready', '/orders/:sku'];

/** The server and its routes. `state.ready` is what /ready says, with {{broker.title}}. */
export function createApp(orders: Orders, state: { readonly ready: boolean }): Server {
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const [status, body] = await answer(request, orders, state);
      send(response, status, body);
    } catch (error) {
      sendError(response, error instanceof Error ? error : new Error(String(error)));
    }
  };
  return createServer(traceHttp(listener, { routes }));
}

async function answer(request: IncomingMessage, orders: Orders, state: { readonly ready: boolean }): Promise<readonly [number, object]> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'GET') throw new Fault(405, 'method_not_allowed', `${request.method} is not answered here`);
  if (pathname === '/health') return [200, { status: 'ok' }];
  if (pathname === '/ready') return readiness(state.ready && (await orders.isConnected()));
  const [, sku] = /^\/orders\/([^/]+)$/.exec(pathname) ?? [];
  if (sku !== undefined) return [200, { sku, available: await orders.look(sku) }];
  throw new Fault(404, 'not_found', `There is no ${pathname}`);
}

function readiness(ready: boolean): readonly [number, object] {
  return [ready ? 200 : 503, { ready }];
}

/** An error that the caller is told of. */
class Fault extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Every error has this form; what is no Fault stays in the log. */
function sendError(response: ServerResponse, error: Error): void {
  const known = error instanceof Fault ? error : new Fault(502, '{{broker.work}}_failed', 'The {{broker.work}} could not be done');
  if (known !== error) log('error', error.message, {}, error);
  send(response, known.status, { error: { code: known.code, message: known.message } });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
