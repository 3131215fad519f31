import type { Layer } from './express-layers';
import type { IncomingRequest, Mount, RequestState } from './request';
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

/** The same for a parametrised mount that nobody declared: read from the router's own layer, which has the values of this request. */
export function noteLayer(state: RequestState, base: string, layer: Layer): void {
  if (base === '') return;
  state.base = base;
  if (layer.rawPath !== undefined) {
    const patterns = mountPatterns(layer.rawPath);
    const template = patterns && fittingMount(patterns, base);
    if (template !== undefined) noteMatch(state, base, template);
  } else if (layer.path && layer.params)
    noteMatch(state, base, writtenPath(layer) || withParameters(layer.path, layer.params, layer), layer.path);
}

const written = new WeakMap<Layer, string | null>();

/** The mount path as it was written, as far as its expression still shows it: names between plain segments. */
function writtenPath(layer: Layer): string | null {
  let path = written.get(layer);
  if (path === undefined) {
    path = fromExpression(layer);
    written.set(layer, path);
  }
  return path;
}

function fromExpression({ regexp, keys }: Layer): string | null {
  if (regexp === undefined || keys === undefined) return null;
  let used = 0;
  const path = regexp.source
    .replace(/^\^|\\\/\?\(\?=\\\/\|\$\)$/g, '')
    .replace(/\(\?:(\\\/)?\(\[\^\\?\/\]\+\?\)\)/g, (_, slash) => `${slash ? '/' : ''}:${(keys[used++] || {}).name}`)
    .replace(/\\([/.])/g, '$1');
  return used === keys.length && /^\/[\w\-.~/:]*$/.test(path) ? path : null;
}

/** The paths of a mount that have parameters. */
export function mountPatterns(path: unknown): readonly string[] | undefined {
  if (typeof path === 'string') return isPattern(path) ? [path] : undefined;
  return Array.isArray(path) ? path.filter(isPattern) : undefined;
}

function isPattern(path: unknown): path is string {
  return typeof path === 'string' && (path.indexOf(':') >= 0 || path.indexOf('*') >= 0);
}

/** The one that a concrete mount prefix ends with. */
export function fittingMount(patterns: readonly string[], base: string): string | undefined {
  const parts = base.split('/');
  return patterns.find((pattern) => {
    const fits = compileTemplate(pattern);
    return parts.some((_, at) => at > 0 && fits(`/${parts.slice(at).join('/')}`));
  });
}

export function noteMatch(state: RequestState, base: string, template: string, concrete?: string): void {
  if (template === concrete) return;
  if (state.mounts && state.mounts.some((mount) => mount.base === base)) return;
  const segments = (concrete === undefined ? template : concrete).split('/').filter(Boolean).length;
  noteMount(state, base, segments, template);
}

function withParameters(path: string, params: Record<string, unknown>, { matchers }: Layer): string {
  const names = Object.keys(params);
  if (names.length === 0) return path;
  const segments = path.split('/');
  return segments
    .map((segment, at) => {
      const name = names.find((one) => segment !== '' && (params[one] === segment || params[one] === decode(segment)));
      const isTwice = name !== undefined && segments.indexOf(segment) !== segments.lastIndexOf(segment);
      if (name === undefined || (isTwice && matchers && !isParameter(matchers, segments, at))) return segment;
      names.splice(names.indexOf(name), 1);
      return `:${name}`;
    })
    .join('/');
}

/** A value that also stands elsewhere in the path: a parameter can be anything, a plain segment cannot. */
function isParameter(matchers: readonly ((path: string) => unknown)[], segments: readonly string[], at: number): boolean {
  const other = segments.map((segment, index) => (index === at ? `${segment}x` : segment)).join('/');
  return matchers.some((matches) => Boolean(matches(other)));
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
