import { createServer } from 'node:http';
import { traceHttp } from '@tracewright/middleware/http';
import { log } from './log.js';
import { askStock } from './stock.js';

const routes = ['/health', '/ready', '/orders/:sku'];

/** The server and its routes. `state.ready` is what /ready says. */
export function createApp(config, state) {
  const listener = async (request, response) => {
    try {
      const [status, body] = await answer(request, config, state);
      send(response, status, body);
    } catch (error) {
      sendError(response, error);
    }
  };
  return createServer(traceHttp(listener, { routes }));
}

async function answer(request, config, state) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (request.method !== 'GET') throw new Fault(405, 'method_not_allowed', `${request.method} is not answered here`);
  if (pathname === '/health') return [200, { status: 'ok' }];
  if (pathname === '/ready') return [state.ready ? 200 : 503, { ready: state.ready }];
  const [, sku] = /^\/orders\/([^/]+)$/.exec(pathname) ?? [];
  if (sku !== undefined) return [200, await order(config, sku)];
  throw new Fault(404, 'not_found', `There is no ${pathname}`);
}

async function order(config, sku) {
  const available = await askStock(config.stockUrl, sku);
  log('info', 'order looked up', { sku, available });
  return { sku, available };
}

/** An error that the caller is told of. */
class Fault extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Every error has this form; what is no Fault stays in the log. */
function sendError(response, error) {
  const known = error instanceof Fault ? error : new Fault(502, 'upstream_failed', 'Another service did not answer as expected');
  if (known !== error) log('error', error.message, {}, error);
  send(response, known.status, { error: { code: known.code, message: known.message } });
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
