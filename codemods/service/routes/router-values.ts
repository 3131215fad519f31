import {
  type Binding,
  bindingOf,
  type CallExpression,
  callsOf,
  keyName,
  type NewExpression,
  type Node,
  nodesOf,
  originOf,
  propertyName,
  resolveValue,
  rootCall,
  type Source,
  unwrap,
} from '../../../src/ast/index.ts';
import type { Repo } from '../../../src/contract/index.ts';
import { libraries, libraryOf } from '../../../src/libraries/index.ts';
import { importNames } from '../../kit/index.ts';

/** Packages whose objects are given routes by method: `app.get('/x', show)`. */
export const routerPackages: readonly string[] = libraries.flatMap(({ name, makesRouters }) => (makesRouters === undefined ? [] : [name]));

/** What stands for a router in one file: the place where it is made, or a parameter. */
export type HolderKey = string | Binding;

/** The call that made a router. */
export interface RouterValue {
  readonly source: Source;
  readonly call: CallExpression | NewExpression;
}

/** A call of a method of a router, or one that hands it to a function. */
export type Use =
  | { readonly kind: 'method'; readonly call: CallExpression; readonly method: string }
  | { readonly kind: 'handed'; readonly call: CallExpression; readonly index: number };

export function keyOf({ source, call }: RouterValue): string {
  return `${source.file}:${call.start}`;
}

function isMade(repo: Repo, source: Source, call: CallExpression | NewExpression): boolean {
  const origin = originOf(source, call.callee);
  if (origin === undefined) return false;
  const name = routerPackages.find((each) => importNames(repo, source.file, each).includes(origin.module));
  return name !== undefined && libraryOf(name)?.makesRouters?.includes(origin.path) === true;
}

/** Every router that a file makes, in source order. */
export function routersIn(repo: Repo, source: Source): readonly RouterValue[] {
  return callsOf(source).flatMap((call) => (isMade(repo, source, call) ? [{ source, call }] : []));
}

/** Follows an expression to the router it is, over files and class fields. */
export function routerValue(repo: Repo, source: Source, expression: Node): RouterValue | undefined {
  const node = unwrap(expression);
  const value = fieldValue(source, node) ?? node;
  const definition = resolveValue(repo, source, value);
  const call = definition && rootCall(unwrap(definition.node));
  return definition && call && isMade(repo, definition.source, call) ? { source: definition.source, call } : undefined;
}

/** What `this.router` is given in its file. */
function fieldValue(source: Source, node: Node): Node | undefined {
  const name = node.type === 'MemberExpression' && node.object.type === 'ThisExpression' ? propertyName(node) : undefined;
  if (name === undefined) return undefined;
  for (const each of nodesOf(source)) {
    if (each.type === 'PropertyDefinition' && keyName(each) === name && each.value !== null) return each.value;
    if (each.type !== 'AssignmentExpression' || each.left.type !== 'MemberExpression') continue;
    if (each.left.object.type === 'ThisExpression' && propertyName(each.left) === name) return each.right;
  }
  return undefined;
}

/** The router that an expression is, and the variable that it names. */
function keysOf(repo: Repo, source: Source, expression: Node): readonly HolderKey[] {
  const value = routerValue(repo, source, expression);
  const binding = bindingOf(source, unwrap(expression));
  return [...(value === undefined ? [] : [keyOf(value)]), ...(binding === undefined ? [] : [binding])];
}

const indexes = new WeakMap<Repo, WeakMap<Source, ReadonlyMap<HolderKey, readonly Use[]>>>();

/** What a file does with a router, in source order. */
export function usesOf(repo: Repo, source: Source, key: HolderKey): readonly Use[] {
  const ofRepo = indexes.get(repo) ?? new WeakMap<Source, ReadonlyMap<HolderKey, readonly Use[]>>();
  indexes.set(repo, ofRepo);
  const uses = ofRepo.get(source) ?? indexUses(repo, source);
  ofRepo.set(source, uses);
  return uses.get(key) ?? [];
}

function indexUses(repo: Repo, source: Source): ReadonlyMap<HolderKey, readonly Use[]> {
  const uses = new Map<HolderKey, Use[]>();
  const add = (key: HolderKey, use: Use): void => {
    uses.set(key, [...(uses.get(key) ?? []), use]);
  };
  for (const call of callsOf(source)) {
    if (call.type !== 'CallExpression') continue;
    const method = propertyName(call.callee);
    const isMethod = method !== undefined && call.callee.type === 'MemberExpression';
    const own = isMethod && call.callee.type === 'MemberExpression' ? keysOf(repo, source, baseOf(call.callee.object)) : [];
    if (isMethod) for (const key of own) add(key, { kind: 'method', call, method });
    for (const [key, index] of handedBy(repo, source, call, own)) add(key, { kind: 'handed', call, index });
  }
  return uses;
}

/** What a call hands on, without what it is a method of. */
function handedBy(repo: Repo, source: Source, call: CallExpression, own: readonly HolderKey[]): readonly (readonly [HolderKey, number])[] {
  return call.arguments.flatMap((each, index) => {
    if (unwrap(each).type === 'CallExpression') return [];
    return keysOf(repo, source, each).flatMap((key) => (own.includes(key) ? [] : [[key, index] as const]));
  });
}

/** What a chain of calls starts from: `router` of `router.get(...).post(...)`. A call that makes one is the start itself. */
function baseOf(object: Node): Node {
  let at = unwrap(object);
  while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && isChained(propertyName(at.callee)))
    at = unwrap(at.callee.object);
  return at;
}

const chained = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all', 'use', 'route', 'register', 'prefix']);

function isChained(name: string | undefined): boolean {
  return name !== undefined && chained.has(name);
}
