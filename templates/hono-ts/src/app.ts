import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Config } from './config.js';
import { log } from './log.js';
import { askStock } from './stock.js';

/** The app and its routes. `state.ready` is what /ready says. */
export function createApp(config: Config, state: { readonly ready: boolean }): Hono {
  const app = new Hono();

  app.get('/health', (context) => context.json({ status: 'ok' }));

  app.get('/ready', (context) => context.json({ ready: state.ready }, state.ready ? 200 : 503));

  app.get('/orders/:sku', async (context) => {
    const sku = context.req.param('sku');
    const available = await askStock(config.stockUrl, sku);
    log('info', 'order looked up', { sku, available });
    return context.json({ sku, available });
  });

  app.notFound((context) => sendError(new Fault(404, 'not_found', `There is no ${context.req.method} ${context.req.path}`), context));
  app.onError(sendError);
  return app;
}

/** An error that the caller is told of. */
class Fault extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;

  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Every error has this form; what is neither a Fault nor a request that Hono refuses stays in the log. */
function sendError(error: Error, context: Context): Response {
  const known = faultOf(error);
  if (known.status >= 500) log('error', error.message, {}, error);
  return context.json({ error: { code: known.code, message: known.message } }, known.status);
}

function faultOf(error: Error): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof HTTPException && error.status < 500) return new Fault(error.status, 'bad_request', error.message);
  return new Fault(502, 'upstream_failed', 'Another service did not answer as expected');
}
