import { traceExpress } from '@tracewright/middleware/express';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Config } from './config.js';
import { log } from './log.js';
import { askStock } from './stock.js';

/** The app and its routes. `state.ready` is what /ready says. */
export function createApp(config: Config, state: { readonly ready: boolean }): express.Express {
  const app = express();
  traceExpress(app);
  app.disable('x-powered-by');

  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });

  app.get('/ready', (_request, response) => {
    response.status(state.ready ? 200 : 503).json({ ready: state.ready });
  });

  app.get('/orders/:sku', async (request, response) => {
    const { sku } = request.params;
    const available = await askStock(config.stockUrl, sku);
    log('info', 'order looked up', { sku, available });
    response.json({ sku, available });
  });

  app.use((request) => {
    throw new Fault(404, 'not_found', `There is no ${request.method} ${request.path}`);
  });
  app.use(sendError);
  return app;
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

/** Every error has this form; what is neither a Fault nor a request that Express refuses stays in the log. Express knows it by its four parameters. */
function sendError(error: Error, _request: Request, response: Response, _next: NextFunction): void {
  const known = faultOf(error);
  if (known.status >= 500) log('error', error.message, {}, error);
  response.status(known.status).json({ error: { code: known.code, message: known.message } });
}

function faultOf(error: Error & { readonly status?: number }): Fault {
  if (error instanceof Fault) return error;
  const { status = 500, message } = error;
  if (status >= 400 && status < 500) return new Fault(status, 'bad_request', message);
  return new Fault(502, 'upstream_failed', 'Another service did not answer as expected');
}
