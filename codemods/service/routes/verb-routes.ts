import {
  bindingOf,
  type CallExpression,
  type Definition,
  isFunction,
  keyName,
  lineOf,
  type Node,
  type ObjectExpression,
  originOf,
  parentOf,
  propertyName,
  resolveValue,
  type Source,
  staticString,
  unwrap,
} from '../../../src/ast/index.ts';
import type { Repo, Route, Survey } from '../../../src/contract/index.ts';
import { serviceNameOf } from '../target-packages.ts';
import { type HolderKey, keyOf, type RouterValue, routersIn, routerValue, type Use, usesOf } from './router-values.ts';

interface Walk {
  readonly repo: Repo;
  readonly survey: Survey;
  readonly found: Route[];
  /** Routers that another one mounts: they are no roots. */
  readonly mounted: Set<string>;
  readonly seen: Set<string>;
}

interface Holder {
  readonly source: Source;
  readonly key: HolderKey;
  readonly id: string;
}

/** Routes of every router in these files that no other mounts, with the paths of those mounted on it. */
export function verbRoutes(sources: readonly Source[], repo: Repo, survey: Survey): readonly Route[] {
  const mounted = new Set<string>();
  const walks = sources
    .flatMap((source) => routersIn(repo, source))
    .map((router) => {
      const walk: Walk = { repo, survey, found: [], mounted, seen: new Set() };
      followRouter(walk, router, '');
      return { key: keyOf(router), walk };
    });
  return walks.flatMap(({ key, walk }) => (mounted.has(key) ? [] : walk.found));
}

function followRouter(walk: Walk, router: RouterValue, prefix: string): void {
  const own = textAt(router.call.arguments[0], 'prefix');
  const key = keyOf(router);
  const set = usesOf(walk.repo, router.source, key).find((use) => use.kind === 'method' && use.method === 'prefix');
  followHolder(walk, { source: router.source, key, id: key }, join(prefix, own ?? staticString(set?.call.arguments[0]) ?? ''));
}

function followHolder(walk: Walk, holder: Holder, prefix: string): void {
  const visit = `${holder.id} ${prefix}`;
  if (walk.seen.has(visit) || walk.seen.size > 2_000) return;
  walk.seen.add(visit);
  for (const use of usesOf(walk.repo, holder.source, holder.key)) {
    if (use.kind === 'handed') followFunction(walk, holder.source, use.call.callee, use.index, prefix);
    else readUse(walk, holder, use, prefix);
  }
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all']);

function readUse(walk: Walk, holder: Holder, { call, method }: Use & { kind: 'method' }, prefix: string): void {
  const [first, second] = call.arguments;
  if (verbs.has(method)) readVerb(walk, holder, call, method, prefix);
  else if (method === 'route' && first?.type === 'ObjectExpression') readObject(walk, holder, call, first, prefix);
  else if (method === 'register') {
    const plugin = first && unfold(holder.source, first);
    if (plugin) followFunction(walk, holder.source, plugin, 0, join(prefix, textAt(second, 'prefix') ?? ''));
  } else if (/^(use|route|mount)$/.test(method)) {
    for (const each of call.arguments) mount(walk, holder.source, each, call, join(prefix, staticString(first) ?? ''));
  }
}

/** `app.get('/path', show)`, `router.get('name', '/path', show)`, `server.get({ path: '/path' }, show)`. */
function readVerb(walk: Walk, holder: Holder, call: CallExpression, method: string, prefix: string): void {
  const [first, second] = call.arguments;
  const text = staticString(first) ?? textAt(first, 'path');
  const path = text !== undefined && !text.startsWith('/') ? (staticString(second) ?? text) : text;
  if (path !== undefined && call.arguments.length > 1) add(walk, holder, call, method === 'del' ? 'delete' : method, join(prefix, path));
}

/** `app.route({ method: 'GET', url: '/path', handler })`. */
function readObject(walk: Walk, holder: Holder, call: CallExpression, object: ObjectExpression, prefix: string): void {
  const url = textAt(object, 'url') ?? textAt(object, 'path');
  for (const each of methodsOf(object)) if (url !== undefined) add(walk, holder, call, each, join(prefix, url));
}

/** `fp(plugin)` registers the plugin itself. */
function unfold(source: Source, node: Node): Node {
  const inner = unwrap(node);
  const isWrapped = inner.type === 'CallExpression' && originOf(source, inner.callee)?.module === 'fastify-plugin';
  return isWrapped ? (inner.arguments[0] ?? node) : node;
}

/** `router.routes()` and the router itself. */
function mount(walk: Walk, source: Source, node: Node, call: CallExpression, prefix: string): void {
  const inner = unwrap(node);
  const isRoutes = inner.type === 'CallExpression' && /^(routes|middleware)$/.test(propertyName(inner.callee) ?? '');
  const named = isRoutes && inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression' ? inner.callee.object : inner;
  const router = routerValue(walk.repo, source, named);
  if (router === undefined) {
    mounted(walk, source, inner, call, prefix);
    return;
  }
  walk.mounted.add(keyOf(router));
  followRouter(walk, router, prefix);
}

/** `app.use('/:tenant', serve)`: whatever the function answers, its route has a parameter. */
function mounted(walk: Walk, source: Source, handler: Node, call: CallExpression, path: string): void {
  const value = resolveValue(walk.repo, source, handler)?.node;
  if (path.includes(':') && value !== undefined && isFunction(value)) add(walk, { source }, call, 'use', path);
}

/** A function that is given the router: its parameter stands for it. */
function followFunction(walk: Walk, source: Source, callee: Node, index: number, prefix: string): void {
  const target = functionBehind(walk.repo, source, callee);
  const parameter = target !== undefined && isFunction(target.node) ? target.node.params[index] : undefined;
  const binding = target && parameter ? bindingOf(target.source, parameter) : undefined;
  if (target && binding)
    followHolder(walk, { source: target.source, key: binding, id: `${target.source.file}:${target.node.start}` }, prefix);
}

function functionBehind(repo: Repo, source: Source, node: Node): Definition | undefined {
  const found = resolveValue(repo, source, node);
  if (found === undefined) return undefined;
  const inner = unfold(found.source, found.node);
  return inner === found.node ? found : resolveValue(repo, found.source, inner);
}

function add({ repo, survey, found }: Walk, { source }: Pick<Holder, 'source'>, call: CallExpression, method: string, path: string): void {
  // What is handed through a parameter may be anything, but only a router is given a path that begins so.
  if (!path.startsWith('/') || /[*(+?^]/.test(path) || parentOf(source, call) === undefined) return;
  const evidence = { file: source.file, line: lineOf(source, call.callee.end) };
  const route = { service: serviceNameOf(survey, source.file), method: method === 'all' ? 'GET' : method.toUpperCase(), path, evidence };
  if (repo.files.includes(source.file)) found.push(route);
}

/** Text of a key of an object that is written there. */
export function textAt(node: Node | undefined, key: string): string | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  const property = node.properties.find((each) => each.type === 'Property' && keyName(each) === key);
  return property?.type === 'Property' ? staticString(property.value) : undefined;
}

/** `method: 'GET'` and `method: ['GET', 'HEAD']`. */
export function methodsOf(object: ObjectExpression): readonly string[] {
  const property = object.properties.find((each) => each.type === 'Property' && keyName(each) === 'method');
  if (property?.type !== 'Property') return [];
  const values = property.value.type === 'ArrayExpression' ? property.value.elements : [property.value];
  return values.flatMap((each) => staticString(each)?.toUpperCase() ?? []);
}

export function join(prefix: string, path: string): string {
  const joined = `/${prefix}/${path}`.replace(/\/{2,}/g, '/');
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}
