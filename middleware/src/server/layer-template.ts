import type { Layer } from './express-layers';

/** The last path of a layer that turned out to be plain text, as nearly every mount path is. */
const plain = new WeakMap<Layer, string>();

/** The template of a mount from a layer that keeps no path as it was written (Express 4, router 1 and 2.0 to 2.2); nothing where it is plain. */
export function layerTemplate(layer: Layer, path: string, params: Record<string, unknown>): string | undefined {
  if (plain.get(layer) === path) return undefined;
  const template = writtenPath(layer) || withParameters(path, params, layer) || textOf(layer);
  if (template === path) plain.set(layer, path);
  return template === path ? undefined : template;
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
  if (regexp === undefined || keys === undefined || keys.length === 0 || isOwn(regexp)) return null;
  let used = 0;
  const path = regexp.source
    .replace(/^\^|\\\/\?\(\?=\\\/\|\$\)$/g, '')
    .replace(/\(\?:(\\\/)?\(\[\^\\?\/\]\+\?\)\)/g, (_, slash) => `${slash ? '/' : ''}:${(keys[used++] || {}).name}`)
    .replace(/\\([/.])/g, '$1');
  return used === keys.length && /^\/[\w\-.~/:]*$/.test(path) ? path : null;
}

/** An expression of the program's own: what its groups do not hold may be anything, too. */
function isOwn(regexp: RegExp): boolean {
  return regexp.source.indexOf('(?=\\/|$)') < 0;
}

/** The path with names in place of the values of its parameters; nothing where a value may be left in it. */
function withParameters(path: string, params: Record<string, unknown>, { regexp, matchers }: Layer): string | undefined {
  if (regexp !== undefined && isOwn(regexp)) return undefined;
  const names = Object.keys(params).filter((name) => params[name] !== undefined && params[name] !== '');
  const segments = path.split('/');
  const found = segments.map((segment, at) => {
    const name = names.find((one) => segment !== '' && isValue(params[one], segment));
    const isTwice = name !== undefined && segments.indexOf(segment) !== segments.lastIndexOf(segment);
    if (name === undefined || (isTwice && matchers && !isParameter(matchers, segments, at))) return segment;
    names.splice(names.indexOf(name), 1);
    return `:${name}`;
  });
  const rest = names.reduce<string | undefined>((text, name) => withinSegments(text, name, params[name]), found.join('/'));
  if (rest === undefined || matchers === undefined) return rest;
  return found.some((segment, at) => segment !== '' && segment === segments[at] && isParameter(matchers, segments, at)) ? undefined : rest;
}

function isValue(value: unknown, segment: string): boolean {
  return value === segment || value === decode(segment);
}

/** A value that is a part of a segment, or several of them. */
function withinSegments(path: string | undefined, name: string, value: unknown): string | undefined {
  const text = Array.isArray(value) ? value.join('/') : String(value);
  const at = path === undefined ? -1 : path.lastIndexOf(text);
  if (path === undefined || at < 0) return undefined;
  return path.slice(0, at) + (/^\d+$/.test(name) ? '*' : `:${name}`) + path.slice(at + text.length);
}

/** Whether something else may stand in place of a segment: a parameter can be anything, a plain segment cannot. */
function isParameter(matchers: readonly ((path: string) => unknown)[], segments: readonly string[], at: number): boolean {
  const others = [
    (segment: string) => `${segment}x`,
    (segment: string) => segment.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10)),
  ];
  return others.some((change) => {
    const other = segments.map((segment, index) => (index === at ? change(segment) : segment)).join('/');
    return other !== segments.join('/') && matchers.some((matches) => pathOf(matches(other)) === other);
  });
}

/** What a matcher says that it matched. */
function pathOf(match: unknown): unknown {
  return typeof match === 'object' && match !== null ? Reflect.get(match, 'path') : undefined;
}

function textOf({ regexp }: Layer): string {
  return regexp === undefined ? '/*' : expressionText(regexp);
}

/** The text of an expression as a path. */
export function expressionText({ source }: RegExp): string {
  const text = source
    .replace(/\\\/\?\(\?=\\\/\|\$\)/g, '')
    .replace(/\\\//g, '/')
    .replace(/^\^/, '')
    .replace(/\$$/, '');
  return text.charAt(0) === '/' ? text : `/${text}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
