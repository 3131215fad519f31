import {
  type Binding,
  bindingOf,
  type CallExpression,
  callsOf,
  type Node,
  propertyName,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { type ExpressValue, expressValue } from './express-values.ts';

export const verbs: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);

/** What stands for an app or a router in one file: the place where it is made, or a parameter. */
export type HolderKey = string | Binding;

/** A call of a method of an app or router, or one that hands it to a function. */
export type Use =
  | { readonly kind: 'method'; readonly call: CallExpression; readonly method: string; readonly path: string }
  | { readonly kind: 'handed'; readonly call: CallExpression; readonly index: number };

export function keyOf({ source, call }: ExpressValue): string {
  return `${source.file}:${call.start}`;
}

const indexes = new WeakMap<Repo, WeakMap<Source, ReadonlyMap<HolderKey, readonly Use[]>>>();

/** What a file does with each app and router, in source order. Looked at once, however many ways lead to the file. */
export function usesOf(repo: Repo, source: Source, key: HolderKey): readonly Use[] {
  const ofRepo = indexes.get(repo) ?? new WeakMap<Source, ReadonlyMap<HolderKey, readonly Use[]>>();
  indexes.set(repo, ofRepo);
  let uses = ofRepo.get(source);
  if (uses === undefined) {
    uses = indexUses(repo, source);
    ofRepo.set(source, uses);
  }
  return uses.get(key) ?? [];
}

function indexUses(repo: Repo, source: Source): ReadonlyMap<HolderKey, readonly Use[]> {
  const uses = new Map<HolderKey, Use[]>();
  const add = (key: HolderKey, use: Use): void => {
    const known = uses.get(key);
    if (known === undefined) uses.set(key, [use]);
    else known.push(use);
  };
  const linkOf = chainsOf();
  for (const call of callsOf(source)) {
    if (call.type !== 'CallExpression') continue;
    const method = propertyName(call.callee);
    const { base, path } = linkOf(call);
    const isMethod = method !== undefined && path !== undefined && base !== undefined;
    const own = isMethod ? keysOf(repo, source, base) : [];
    if (isMethod) for (const key of own) add(key, { kind: 'method', call, method, path });
    for (const [key, index] of handedBy(repo, source, call, new Set(own))) add(key, { kind: 'handed', call, index });
  }
  return uses;
}

/** What a call hands on, at the first place of its arguments, without what it is a method of. */
function handedBy(repo: Repo, source: Source, call: CallExpression, own: ReadonlySet<HolderKey>): ReadonlyMap<HolderKey, number> {
  const handed = new Map<HolderKey, number>();
  for (const [index, each] of call.arguments.entries()) {
    if (unwrap(each).type === 'CallExpression') continue;
    for (const key of keysOf(repo, source, each)) if (!own.has(key) && !handed.has(key)) handed.set(key, index);
  }
  return handed;
}

/** The app or router that an expression is, and the variable that it names. */
function keysOf(repo: Repo, source: Source, expression: Node): readonly HolderKey[] {
  const value = expressValue(repo, source, expression);
  const binding = bindingOf(source, unwrap(expression));
  return [...(value === undefined ? [] : [keyOf(value)]), ...(binding === undefined ? [] : [binding])];
}

/** What a chain of calls starts from, and the path that `.route(path)` has given to one of its calls: '' without, undefined when it is computed. */
interface Link {
  readonly base?: Node;
  readonly path?: string | undefined;
}

/** Answers for every call of a file; each chain is gone through once, and not by recursion, because it may be long. */
function chainsOf(): (call: CallExpression) => Link {
  const known = new Map<CallExpression, Link>();
  return (call) => {
    const open: CallExpression[] = [];
    let at = call;
    let link = known.get(at);
    while (link === undefined) {
      const inner = innerCall(at);
      if (inner === undefined) {
        link = at.callee.type === 'MemberExpression' ? { base: unwrap(at.callee.object), path: '' } : {};
        known.set(at, link);
      } else {
        open.push(at);
        at = inner;
        link = known.get(at);
      }
    }
    for (const outer of open.reverse()) {
      link = nextLink(link, innerCall(outer));
      known.set(outer, link);
    }
    return link;
  };
}

function nextLink(link: Link, inner: CallExpression | undefined): Link {
  if (inner === undefined || link.path === undefined || propertyName(inner.callee) !== 'route') return link;
  return { ...link, path: staticString(inner.arguments[0]) };
}

/** `app.route('/x')` of `app.route('/x').get(...)`: a call that gives back what it was called on, or a route of it. */
function innerCall({ callee }: CallExpression): CallExpression | undefined {
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  const name = object?.type === 'CallExpression' ? propertyName(object.callee) : undefined;
  const goesOn = name !== undefined && (name === 'route' || name === 'use' || verbs.has(name));
  return goesOn && object?.type === 'CallExpression' ? object : undefined;
}
