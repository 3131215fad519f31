import type { Layer } from './express-layers';
import { expressionText, layerTemplate } from './layer-template';
import type { Mount, RequestState } from './request';
import { compileTemplate } from './template';

/** The template of a concrete mount prefix: the longest known mount it begins with, and the rest as it is. */
export function templateOf(base: string, mounts: readonly Mount[] | undefined): string {
  let best: Mount | undefined;
  for (const mount of mounts || [])
    if (isBelow(base, mount.base) && (best === undefined || mount.base.length >= best.base.length)) best = mount;
  return best === undefined ? base : best.template + base.slice(best.base.length);
}

/** Whether somebody saw the layers that a mount prefix went through. One that nobody saw may hold the values of parameters. */
function isSeen(base: string, { base: last, mounts }: RequestState): boolean {
  return base === '' || isBelow(last, base) || (mounts !== undefined && mounts.some((mount) => isBelow(mount.base, base)));
}

function isBelow(path: string, base: string): boolean {
  return path === base || path.indexOf(`${base}/`) === 0;
}

let watchUnseen: (app: unknown) => void = () => undefined;

/** What is done for an application whose layers nobody saw, so that those of the next request are seen. */
export function onUnseen(watch: (app: unknown) => void): void {
  watchUnseen = watch;
}

/** The template of the prefix of a request that no layer told of, where its mounts were seen. */
export function seenBase(state: RequestState): string | undefined {
  const { baseUrl = '', app } = state.request;
  watchUnseen(app);
  return isSeen(baseUrl, state) ? templateOf(baseUrl, state.mounts) : undefined;
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
  if (layer.rawPath !== undefined) {
    noteWritten(state, base, layer.rawPath);
    return;
  }
  state.base = base;
  if (layer.path && layer.params) {
    const template = layerTemplate(layer, layer.path, layer.params);
    if (template !== undefined) noteMatch(state, base, template, layer.path);
  }
}

/** A mount path as it is written in the program. */
export function noteWritten(state: RequestState, base: string, written: unknown): void {
  state.base = base;
  const patterns = mountPatterns(written);
  const template = patterns && fittingMount(patterns, base);
  if (template !== undefined) noteMatch(state, base, template);
  else if (!isPlain(written, base))
    noteMatch(state, base, textOfPattern(written), lastMatch(written, base) || base.slice(base.lastIndexOf('/')));
}

/** Whether a prefix may end with a mount path. */
export function isMountOf(written: unknown, base: string): boolean {
  if (base === '') return false;
  const patterns = mountPatterns(written);
  if (patterns !== undefined && fittingMount(patterns, base) !== undefined) return true;
  return isPlain(written, base) || lastMatch(written, base) !== undefined;
}

/** The end of a prefix that an expression of the program matched. */
function lastMatch(written: unknown, base: string): string | undefined {
  const all: readonly unknown[] = Array.isArray(written) ? written : [written];
  const expressions = all.filter((one): one is RegExp => one instanceof RegExp);
  const parts = base.split('/');
  const ends = parts.map((_, at) => `/${parts.slice(at + 1).join('/')}`).slice(0, -1);
  // A copy, because one with the flag `g` remembers where it was.
  return ends.find((end) =>
    expressions.some(({ source, flags }) => (new RegExp(source, flags.replace(/[gy]/g, '')).exec(end) || [])[0] === end),
  );
}

/** Whether a prefix ends with one of the mount paths, each of which is plain text. */
function isPlain(written: unknown, base: string): boolean {
  if (Array.isArray(written)) return written.some((one) => isPlain(one, base));
  if (typeof written !== 'string' || mountPatterns(written) !== undefined) return false;
  return /[{}]/.test(written) || base.toLowerCase().endsWith(written.replace(/\/+$/, '').toLowerCase());
}

function textOfPattern(written: unknown): string {
  if (Array.isArray(written)) return textOfPattern(written.find((one) => one instanceof RegExp || isPattern(one)));
  return written instanceof RegExp ? expressionText(written) : typeof written === 'string' ? written : '/*';
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

function noteMatch(state: RequestState, base: string, template: string, concrete?: string): void {
  if (template === concrete) return;
  if (state.mounts && state.mounts.some((mount) => mount.base === base)) return;
  const segments = (concrete === undefined ? template : concrete).split('/').filter(Boolean).length;
  noteMount(state, base, segments, template);
}

function addMount(state: RequestState, base: string, template: string): void {
  const mount = { base, template };
  if (state.mounts === undefined) state.mounts = [mount];
  else state.mounts.push(mount);
}
