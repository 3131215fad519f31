import { seenBase, templateOf } from './mounts';
import type { Mount, RequestState } from './request';
import { compileTemplate } from './template';

interface Reached {
  readonly baseUrl?: string;
  readonly url?: string;
}

/** A route's turn has come; `baseUrl` is its mount's now, which error handlers no longer see. */
export function noteRoute(state: RequestState, req: Reached, route: { readonly path?: unknown }): void {
  state.matched = route;
  state.route = expressRoute(req.baseUrl, route.path, state.mounts, req.url);
}

/** A route that was found and not reached, because a parameter callback failed: below the last mount, its own, or none, whichever fits what was asked for. */
export function missedRoute(state: RequestState): string | undefined {
  const { route } = state.request;
  return route && route !== state.matched ? findMissed(state, route.path) : undefined;
}

function findMissed({ request, base, mounts }: RequestState, path: unknown): string | undefined {
  const { originalUrl, url } = request;
  if (originalUrl === undefined) return undefined;
  const asked = originalUrl.split(/[?#]/)[0] || '/';
  return [base, request.baseUrl || '', '']
    .map((one) => expressRoute(one, path, mounts, url))
    .find((template) => template !== undefined && compileTemplate(template)(asked));
}

/** Full template of an Express route: the mount's template and the route's own. */
export function expressRoute(
  baseUrl: string | undefined,
  path: unknown,
  mounts: readonly Mount[] | undefined,
  url: string | undefined,
): string | undefined {
  const own = pathTemplate(path, url);
  if (own === undefined) return undefined;
  const base = templateOf(baseUrl || '', mounts);
  if (own === '/' || own === '') return base || '/';
  return base + (own.charAt(0) === '/' ? own : `/${own}`);
}

/**
 * The route that Express left on a request, where nobody watched its routers. What it was mounted at may hold values, so only a route of the
 * application itself is known. An error on its way out takes the mount paths off again, and half of a route would be a wrong name: a plain
 * template must have as many segments as the path that was asked for.
 */
export function unwatchedRoute(state: RequestState): string | undefined {
  const { baseUrl, originalUrl, route, url } = state.request;
  if (!route || seenBase(state) === undefined) return undefined;
  const found = expressRoute(baseUrl, route.path, state.mounts, url);
  if (found === undefined || originalUrl === undefined || !/^[\w\-.~:/]*$/.test(found)) return found;
  return countSegments(found) === countSegments(originalUrl.split(/[?#]/)[0] || '') ? found : undefined;
}

function countSegments(path: string): number {
  return path.split('/').filter(Boolean).length;
}

function pathTemplate(path: unknown, url: string | undefined): string | undefined {
  if (typeof path === 'string') return path;
  if (path instanceof RegExp) return path.source.replace(/\\\//g, '/').replace(/^\^/, '').replace(/\$$/, '');
  if (!Array.isArray(path)) return undefined;
  const flat: unknown[] = path.flat(8);
  const pathname = (url || '').split('?')[0] || '/';
  const hit = flat.find((one) => (one instanceof RegExp ? one.test(pathname) : typeof one === 'string' && compileTemplate(one)(pathname)));
  return pathTemplate(hit === undefined ? flat[0] : hit, url);
}
