import type { NextFunction, Request, Response } from 'express';
import { log } from './log.js';

/** An error that the caller is told of. */
export class Fault extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** After the last route. */
export function sendNotFound(request: Request): void {
  throw new Fault(404, 'not_found', `There is no ${request.method} ${request.path}`);
}

/** Every error has this form; what is neither a Fault nor a request that Express refuses stays in the log. Express knows it by its four parameters. */
export function sendError(error: Error, _request: Request, response: Response, _next: NextFunction): void {
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
