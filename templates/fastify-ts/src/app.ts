import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Config } from './config.js';
import { log } from './log.js';
import { askStock } from './stock.js';

/** The app and its routes. `state.ready` is what /ready says. */
export function createApp(config: Config, state: { readonly ready: boolean }): FastifyInstance {
  // While it ends, what comes on open connections is answered as before, and /ready says that it ends.
  const app = fastify({ return503OnClosing: false, frameworkErrors: sendError });

  app.get('/health', async () => ({ status: 'ok' }));

  app.get('/ready', async (_request, reply) => reply.status(state.ready ? 200 : 503).send({ ready: state.ready }));

  app.get<{ Params: { sku: string } }>('/orders/:sku', async (request) => {
    const { sku } = request.params;
    const available = await askStock(config.stockUrl, sku);
    log('info', 'order looked up', { sku, available });
    return { sku, available };
  });

  app.setNotFoundHandler((request) => {
    const [path] = request.url.split('?');
    throw new Fault(404, 'not_found', `There is no ${request.method} ${path}`);
  });
  app.setErrorHandler(sendError);
  return app;
}

/** An error that the caller is told of. */
class Fault extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** Every error has this form; what is neither a Fault nor a request that Fastify refuses stays in the log. */
function sendError(error: Error & { readonly statusCode?: number }, _request: FastifyRequest, reply: FastifyReply): void {
  const known = faultOf(error);
  if (known.statusCode >= 500) log('error', error.message, {}, error);
  reply.status(known.statusCode).send({ error: { code: known.code, message: known.message } });
}

function faultOf(error: Error & { readonly statusCode?: number }): Fault {
  if (error instanceof Fault) return error;
  const { statusCode = 500, message } = error;
  if (statusCode >= 400 && statusCode < 500) return new Fault(statusCode, 'bad_request', message);
  return new Fault(502, 'upstream_failed', 'Another service did not answer as expected');
}
