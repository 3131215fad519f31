import Router from '@koa/router';
import Koa, { type Context, type Next } from 'koa';
import type { Config } from './config.js';
import { log } from './log.js';
import { askStock } from './stock.js';

/** The app and its routes. `state.ready` is what /ready says. */
export function createApp(config: Config, state: { readonly ready: boolean }): Koa {
  const app = new Koa();
  const router = new Router();

  router.get('/health', (ctx) => {
    ctx.body = { status: 'ok' };
  });

  router.get('/ready', (ctx) => {
    ctx.status = state.ready ? 200 : 503;
    ctx.body = { ready: state.ready };
  });

  router.get('/orders/:sku', async (ctx) => {
    const sku = ctx.params['sku'] ?? '';
    const available = await askStock(config.stockUrl, sku);
    log('info', 'order looked up', { sku, available });
    ctx.body = { sku, available };
  });

  app.use(sendErrors);
  app.use(router.routes());
  app.use((ctx) => {
    throw new Fault(404, 'not_found', `There is no ${ctx.method} ${ctx.path}`);
  });
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

/** Every error has this form; what is neither a Fault nor a request that Koa refuses stays in the log. */
async function sendErrors(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const known = faultOf(error);
    if (known.status >= 500) log('error', error.message, {}, error);
    ctx.status = known.status;
    ctx.body = { error: { code: known.code, message: known.message } };
  }
}

function faultOf(error: Error & { readonly status?: number }): Fault {
  if (error instanceof Fault) return error;
  const { status = 500, message } = error;
  if (status >= 400 && status < 500) return new Fault(status, 'bad_request', message);
  return new Fault(502, 'upstream_failed', 'Another service did not answer as expected');
}
