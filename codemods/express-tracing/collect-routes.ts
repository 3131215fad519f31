import {
  type Binding,
  bindingOf,
  type CallExpression,
  type Definition,
  isFunction,
  lineOf,
  parentOf,
  resolveValue,
  type Source,
  staticString,
} from '../../src/ast/index.ts';
import type { Repo, Route, Survey, Task } from '../../src/contract/index.ts';
import { serviceNameOf } from '../service/index.ts';
import { appsOf, type ExpressValue, expressValue } from './express-values.ts';
import { reasons } from './reasons.ts';
import { type HolderKey, keyOf, usesOf, verbs } from './router-uses.ts';

interface Walk {
  readonly repo: Repo;
  readonly survey: Survey;
  readonly found: Route[];
  /** Apps and routers that another one mounts; they are no roots. */
  readonly mounted: Set<string>;
  readonly open: string[];
  /** Holders that were followed to the end, with the path they are mounted on. */
  readonly done: Set<string>;
  /** Calls that were read; those of a router count once for each of its mounts. */
  read: number;
  /** Where the walk turned back: what is mounted there leads to itself, or too far. */
  turns: number;
  cut: Task | undefined;
}

/** Something that stands for an app or a router in one file. */
interface Holder {
  readonly source: Source;
  readonly key: HolderKey;
  readonly id: string;
}

/** Routes of every app in these files, with the paths of the routers mounted on it; routers that no app mounts are left out. A task where there are too many. */
export function collectRoutes(
  sources: readonly Source[],
  repo: Repo,
  survey: Survey,
): { routes: readonly Route[]; tasks: readonly Task[] } {
  const roots = sources.flatMap((source) => appsOf(source, repo).map((call) => ({ kind: 'app' as const, source, call })));
  const mounted = new Set<string>();
  const walks = roots.map((root) => {
    const walk: Walk = { repo, survey, found: [], mounted, open: [], done: new Set(), read: 0, turns: 0, cut: undefined };
    followHolder(walk, holderOf(root), '', root);
    return { key: keyOf(root), walk };
  });
  const own = walks.flatMap(({ key, walk }) => (mounted.has(key) ? [] : [walk]));
  return { routes: own.flatMap(({ found }) => found), tasks: own.flatMap(({ cut }) => cut ?? []) };
}

function holderOf(value: ExpressValue): Holder {
  return { source: value.source, key: keyOf(value), id: keyOf(value) };
}

const deepest = 12;

/** Calls of one app and of the routers below it, which nobody writes by hand. */
const enough = 20_000;

/** `at` is the call that leads to the holder. */
function followHolder(
  walk: Walk,
  holder: Holder,
  prefix: string,
  at: { readonly source: Source; readonly call: { readonly start: number } },
): void {
  const visit = `${holder.id} ${prefix}`;
  if (walk.done.has(visit)) return;
  const isOpen = walk.open.includes(holder.id);
  const isTooFar = walk.open.length > deepest || walk.read > enough;
  if (isOpen || isTooFar) {
    walk.turns++;
    if (!isOpen) walk.cut ??= cutAt(walk, at);
    return;
  }
  const turns = walk.turns;
  walk.open.push(holder.id);
  for (const use of usesOf(walk.repo, holder.source, holder.key)) {
    walk.read++;
    if (use.kind === 'method') readCall(walk, holder, use.call, use.method, use.path, prefix);
    else followInjection(walk, holder, use.call, use.index, prefix);
  }
  walk.open.pop();
  if (walk.turns === turns) walk.done.add(visit);
}

function cutAt({ open }: Walk, { source, call }: { readonly source: Source; readonly call: { readonly start: number } }): Task {
  const why = open.length > deepest ? reasons.deepRouters(deepest) : reasons.manyRoutes(enough);
  return { file: source.file, line: lineOf(source, call.start), why, next: reasons.routesNext };
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
    if (!isOpaque) followHolder(walk, holderOf(value), prefix, { source: holder.source, call });
  }
}

/** `require('./routes')(app)`: the parameter stands for the app in the other function. */
function followInjection(walk: Walk, holder: Holder, call: CallExpression, index: number, prefix: string): void {
  const definition = resolveValue(walk.repo, holder.source, call.callee);
  const binding = definition && parameterBinding(definition, index);
  if (definition === undefined || binding === undefined) return;
  const { source, node } = definition;
  followHolder(walk, { source, key: binding, id: `${source.file}:${node.start}` }, prefix, { source: holder.source, call });
}

function parameterBinding({ source, node }: Definition, index: number): Binding | undefined {
  const parameter = isFunction(node) ? node.params[index] : undefined;
  return parameter?.type === 'Identifier' && parentOf(source, parameter) === node ? bindingOf(source, parameter) : undefined;
}

function joinRoute(prefix: string, path: string): string {
  const joined = `${prefix}/${path}`.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return joined.startsWith('/') || joined === '' ? joined : `/${joined}`;
}
