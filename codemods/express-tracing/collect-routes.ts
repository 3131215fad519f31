import {
  type Binding,
  bindingOf,
  type CallExpression,
  callsOf,
  type Definition,
  isFunction,
  lineOf,
  type Node,
  parentOf,
  propertyName,
  resolveValue,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo, Route, Survey } from '../../src/contract/index.ts';
import { serviceNameOf } from '../shared/target-packages.ts';
import { appsOf, type ExpressValue, expressValue } from './express-values.ts';

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);

interface Walk {
  readonly repo: Repo;
  readonly survey: Survey;
  readonly found: Route[];
  /** Apps and routers that another one mounts; they are no roots. */
  readonly mounted: Set<string>;
  readonly open: string[];
}

/** Something that stands for an app or a router in one file. */
interface Holder {
  readonly source: Source;
  readonly is: (node: Node) => boolean;
  readonly key: string;
}

/** Routes of every app in these files, with the paths of the routers mounted on it; routers that no app mounts are left out. */
export function collectRoutes(sources: readonly Source[], repo: Repo, survey: Survey): readonly Route[] {
  const roots = sources.flatMap((source) => appsOf(source).map((call) => ({ kind: 'app' as const, source, call })));
  const mounted = new Set<string>();
  const perRoot = roots.map((root) => {
    const found: Route[] = [];
    followHolder({ repo, survey, found, mounted, open: [] }, holderOf(repo, root), '');
    return { key: keyOf(root), found };
  });
  return perRoot.flatMap(({ key, found }) => (mounted.has(key) ? [] : found));
}

function keyOf({ source, call }: ExpressValue): string {
  return `${source.file}:${call.start}`;
}

function holderOf(repo: Repo, value: ExpressValue): Holder {
  const { source, call } = value;
  const is = (node: Node): boolean => {
    const found = unwrap(node) === call ? value : expressValue(repo, source, node);
    return found?.call === call && found.source === source;
  };
  return { source, is, key: keyOf(value) };
}

const deepest = 12;

function followHolder(walk: Walk, holder: Holder, prefix: string): void {
  if (walk.open.includes(holder.key) || walk.open.length > deepest) return;
  walk.open.push(holder.key);
  for (const call of callsOf(holder.source)) {
    if (call.type !== 'CallExpression') continue;
    const method = propertyName(call.callee);
    const onHolder = method === undefined ? undefined : routePathOf(holder, call);
    if (method !== undefined && onHolder !== undefined) readCall(walk, holder, call, method, onHolder, prefix);
    else followInjection(walk, holder, call, prefix);
  }
  walk.open.pop();
}

/** '' for a method of the holder itself, the path for `holder.route('/x').get(...)`; undefined for calls on anything else. */
function routePathOf(holder: Holder, call: CallExpression): string | undefined {
  const { callee } = call;
  if (callee.type !== 'MemberExpression') return undefined;
  const object = unwrap(callee.object);
  const inner = object.type === 'CallExpression' ? propertyName(object.callee) : undefined;
  if (object.type === 'CallExpression' && inner !== undefined && (inner === 'route' || inner === 'use' || verbs.has(inner))) {
    const outer = routePathOf(holder, object);
    if (inner !== 'route' || outer === undefined) return outer;
    return staticString(object.arguments[0]);
  }
  return holder.is(object) ? '' : undefined;
}

function readCall(walk: Walk, holder: Holder, call: CallExpression, method: string, routePath: string, prefix: string): void {
  const path = staticString(call.arguments[0]);
  if (method === 'use') mountChildren(walk, holder, call, joinRoute(prefix, path ?? ''));
  if (!verbs.has(method)) return;
  // `app.get('port')` reads a setting.
  const isRoute = routePath !== '' ? call.arguments.length > 0 : path !== undefined && call.arguments.length > 1;
  const full = joinRoute(prefix, routePath !== '' ? routePath : (path ?? '')) || '/';
  // Patterns are no address that could be requested.
  if (!isRoute || /[*(+?]/.test(full)) return;
  walk.found.push({
    service: serviceNameOf(walk.survey, holder.source.file),
    method: method === 'all' ? 'GET' : method.toUpperCase(),
    path: full,
    evidence: { file: holder.source.file, line: lineOf(holder.source, call.callee.end) },
  });
}

function mountChildren(walk: Walk, holder: Holder, call: CallExpression, prefix: string): void {
  const [first, ...rest] = call.arguments;
  const hasPath = first !== undefined && (staticString(first) !== undefined || ['ArrayExpression', 'TemplateLiteral'].includes(first.type));
  const isOpaque = hasPath && staticString(first) === undefined;
  for (const handler of hasPath ? rest : call.arguments) {
    const value = expressValue(walk.repo, holder.source, handler);
    if (value === undefined) continue;
    walk.mounted.add(keyOf(value));
    if (!isOpaque) followHolder(walk, holderOf(walk.repo, value), prefix);
  }
}

/** `require('./routes')(app)`: the parameter stands for the app in the other function. */
function followInjection(walk: Walk, holder: Holder, call: CallExpression, prefix: string): void {
  const index = call.arguments.findIndex((each) => unwrap(each).type !== 'CallExpression' && holder.is(each));
  if (index === -1) return;
  const definition = resolveValue(walk.repo, holder.source, call.callee);
  const binding = definition && parameterBinding(definition, index);
  if (definition === undefined || binding === undefined) return;
  const { source } = definition;
  const is = (node: Node): boolean => bindingOf(source, unwrap(node)) === binding;
  followHolder(walk, { source, is, key: `${source.file}:${definition.node.start}` }, prefix);
}

function parameterBinding({ source, node }: Definition, index: number): Binding | undefined {
  const parameter = isFunction(node) ? node.params[index] : undefined;
  return parameter?.type === 'Identifier' && parentOf(source, parameter) === node ? bindingOf(source, parameter) : undefined;
}

function joinRoute(prefix: string, path: string): string {
  const joined = `${prefix}/${path}`.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return joined.startsWith('/') || joined === '' ? joined : `/${joined}`;
}
