import {
  type Binding,
  bindingOf,
  type Call,
  type CallExpression,
  callsOf,
  type Node,
  propertyName,
  resolveValue,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { placeOf } from './route-tables.ts';

/** A route that is registered on something. */
export interface Registered {
  readonly call: CallExpression;
  readonly method: string;
  readonly template: string;
}

/** What a file does with the objects that could be routers, by the place where one is made or by the variable that holds it. */
interface Uses {
  readonly registered: ReadonlyMap<string | Binding, readonly Registered[]>;
  /** Calls that a variable is handed to. */
  readonly handed: ReadonlyMap<string, readonly { readonly call: Call; readonly index: number }[]>;
}

const known = new WeakMap<Repo, WeakMap<Source, Uses>>();

/** Looked at once for a file, however many routers there are. */
export function usesOf(repo: Repo, source: Source): Uses {
  const ofRepo = known.get(repo) ?? new WeakMap<Source, Uses>();
  known.set(repo, ofRepo);
  const uses = ofRepo.get(source) ?? { registered: registeredIn(repo, source), handed: handedIn(repo, source) };
  ofRepo.set(source, uses);
  return uses;
}

function registeredIn(repo: Repo, source: Source): Uses['registered'] {
  const found = new Map<string | Binding, Registered[]>();
  // A chain is written from its inside out.
  for (const call of callsOf(source).toSorted((a, b) => a.callee.end - b.callee.end)) {
    if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') continue;
    const route = routeOf(propertyName(call.callee) ?? '', call);
    if (route === undefined) continue;
    const start = startOf(call.callee.object);
    const definition = resolveValue(repo, source, start);
    const binding = bindingOf(source, start);
    for (const key of [definition && placeOf(definition), binding]) if (key !== undefined) append(found, key, { call, ...route });
  }
  return found;
}

function handedIn(repo: Repo, source: Source): Uses['handed'] {
  const found = new Map<string, { call: Call; index: number }[]>();
  for (const call of callsOf(source)) {
    const seen = new Set<string>();
    for (const [index, each] of call.arguments.entries()) {
      const definition = unwrap(each).type === 'Identifier' ? resolveValue(repo, source, each) : undefined;
      const place = definition && placeOf(definition);
      if (place === undefined || seen.has(place)) continue;
      seen.add(place);
      append(found, place, { call, index });
    }
  }
  return found;
}

function append<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

const starts = new WeakMap<Node, Node>();

/** `router` of `router.get(...).post`. */
function startOf(node: Node): Node {
  const passed: Node[] = [];
  let at = unwrap(node);
  while (!starts.has(at) && at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && propertyName(at.callee) !== 'bind') {
    passed.push(at);
    at = unwrap(at.callee.object);
  }
  const start = starts.get(at) ?? at;
  for (const each of passed) starts.set(each, start);
  return start;
}

const verbs = /^(get|post|put|patch|delete|del|head|options|all|any)$/;
const adders = /^(add|addRoute|on|route|register)$/;

function routeOf(name: string, { arguments: given }: CallExpression): { method: string; template: string } | undefined {
  const [first, second] = given.map((each) => staticString(each.type === 'ArrayExpression' ? each.elements[0] : each));
  if (verbs.test(name) && given.length > 1) return templateOf(/^(all|any)$/.test(name) ? 'get' : name.replace(/^del$/, 'delete'), first);
  if (!adders.test(name)) return undefined;
  if (given.length > 2 && /^[a-z]+$/i.test(first ?? '')) return templateOf(first ?? '', second);
  return given.length > 2 && /^[a-z]+$/i.test(second ?? '') ? templateOf(second ?? '', first) : templateOf('get', first);
}

/** `/users/:id`, `/users/{id}`, `/files/*`; nothing for a path that says more. */
function templateOf(method: string, path: string | undefined): { method: string; template: string } | undefined {
  if (path === undefined || !/^\/[\w\-.~/:{}*]*$/.test(path)) return undefined;
  return { method: method.toUpperCase(), template: path.replace(/\{(\w+)\}/g, ':$1') };
}
