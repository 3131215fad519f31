import type { IncomingRequest } from '../server/request';
import { read, textOf } from './reader';

/** What frameworks that nobody watches leave on a request or its response when a route answers. */
export function notedRoute(request: IncomingRequest, response: unknown): string | undefined {
  return moleculerRoute(request) || serviceRoute(read(response, 'hook'));
}

/** The error that a framework turned into this response: restify and pino-http leave it there. */
export function notedError(response: unknown): unknown {
  const error = read(response, 'err') || read(response, 'hook', 'error');
  return error instanceof Error ? error : undefined;
}

function moleculerRoute(request: IncomingRequest): string | undefined {
  const alias = read(request, '$alias');
  if (alias === undefined) return undefined;
  return textOf(read(alias, 'fullPath')) || textOf(read(alias, 'path'));
}

/** Feathers finds its services itself; the path of a service can have parameters. */
export function serviceRoute(hook: unknown): string | undefined {
  const path = textOf(read(hook, 'path'));
  if (path === undefined || read(hook, 'service') === undefined) return undefined;
  const id = read(hook, 'id');
  return `/${path.replace(/^\/|\/$/g, '')}${id === undefined || id === null ? '' : '/:id'}`;
}
