import type { Layer } from './express-layers';
import type { IncomingRequest, Mount, RequestState } from './request';
import { compileTemplate } from './template';

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
 * The route that Express left on a request, where nobody watched its routers. An error on its way out takes the mount paths off again, and
 * half of a route would be a wrong name: a plain template must have as many segments as the path that was asked for.
 */
export function unwatchedRoute({ baseUrl, originalUrl, route, url }: IncomingRequest): string | undefined {
  const found = route ? expressRoute(baseUrl, route.path, undefined, url) : undefined;
  if (found === undefined || originalUrl === undefined || !/^[\w\-.~:/]*$/.test(found)) return found;
  return countSegments(found) === countSegments(originalUrl.split(/[?#]/)[0] || '') ? found : undefined;
}

function countSegments(path: string): number {
  return path.split('/').filter(Boolean).length;
}

/** The template of a concrete mount prefix: the longest known mount it begins with, and the rest as it is. */
export function templateOf(base: string, mounts: readonly Mount[] | undefined): string {
  let best: Mount | undefined;
  for (const mount of mounts || []) {
    const fits = base === mount.base || base.indexOf(`${mount.base}/`) === 0;
    if (fits && (best === undefined || mount.base.length >= best.base.length)) best = mount;
  }
  return best === undefined ? base : best.template + base.slice(best.base.length);
}

/** Remembers that a concrete mount prefix stands for a template of so many segments. */
export function noteMount(state: RequestState, base: string, segments: number, template: string): void {
  const parts = base.split('/');
  const parent = parts.slice(0, Math.max(1, parts.length - segments)).join('/');
  addMount(state, base, templateOf(parent, state.mounts) + (template === '/' ? '' : template.replace(/\/+$/, '')));
}

/** The same for a parametrised mount that nobody declared: read from the router's own layer. */
export function noteLayer(state: RequestState, base: string, layer: Layer): void {
  if (base === '') return;
  const raw = layer.rawPath;
  if (typeof raw === 'string') {
    if (raw.indexOf(':') >= 0 || raw.indexOf('*') >= 0) noteMatch(state, base, raw);
  } else if (layer.path && layer.params) {
    noteMatch(state, base, withParameters(layer.path, layer.params), layer.path);
  }
}

function noteMatch(state: RequestState, base: string, template: string, concrete?: string): void {
  if (template === concrete) return;
  if (state.mounts && state.mounts.some((mount) => mount.base === base)) return;
  const segments = (concrete === undefined ? template : concrete).split('/').filter(Boolean).length;
  noteMount(state, base, segments, template);
}

function withParameters(path: string, params: Record<string, unknown>): string {
  const names = Object.keys(params);
  if (names.length === 0) return path;
  return path
    .split('/')
    .map((segment) => {
      const name = names.find((one) => segment !== '' && (params[one] === segment || params[one] === decode(segment)));
      if (name === undefined) return segment;
      names.splice(names.indexOf(name), 1);
      return `:${name}`;
    })
    .join('/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function addMount(state: RequestState, base: string, template: string): void {
  const mount = { base, template };
  if (state.mounts === undefined) state.mounts = [mount];
  else state.mounts.push(mount);
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
