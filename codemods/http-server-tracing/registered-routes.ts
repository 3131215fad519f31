import {
  ancestorsOf,
  type Binding,
  bindingOf,
  type CallExpression,
  callsOf,
  type Definition,
  importsOf,
  isFunction,
  isTestFile,
  type NewExpression,
  type Node,
  propertyName,
  resolveModule,
  resolveValue,
  type Source,
  sourceOf,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import type { Known } from './request-paths.ts';
import { add, placeOf, type Search } from './route-tables.ts';

type Call = CallExpression | NewExpression;

/** How one file names the router. */
interface Holder {
  readonly source: Source;
  readonly is: (node: Node) => boolean;
}

/**
 * Routes that are registered on the object which is handed the request: `router.get('/users/:id', show)`, `router.on('GET', '/users', list)`.
 * Looked for where the router is made, where it is handed the request, in what these two files load, and in functions they hand it to.
 */
export function readRegistrations(search: Search, known: Known, object: Node): void {
  for (const router of routersBehind(search.repo, known.source, object)) {
    for (const source of filesAround(search.repo, [router.source, known.source])) {
      const holder = holderOf(search.repo, source, router);
      readCalls(search, known, holder);
      for (const call of callsOf(source)) for (const other of injected(search.repo, holder, call)) readCalls(search, known, other);
    }
  }
}

/** What is made once and kept: `createRouter()`, `new Router()`, an object; for `this`, every `new` of the class around. */
function routersBehind(repo: Repo, source: Source, object: Node): readonly Definition[] {
  const node = unwrap(object);
  if (node.type === 'ThisExpression') return instancesOf(repo, source, node);
  const found = resolveValue(repo, source, node);
  return found !== undefined && /^(Call|New|Object)Expression$/.test(found.node.type) ? [found] : [];
}

function instancesOf(repo: Repo, source: Source, at: Node): readonly Definition[] {
  const type = ancestorsOf(source, at).find((each) => each.type === 'ClassDeclaration' || each.type === 'ClassExpression');
  if (type === undefined || (type.type !== 'ClassDeclaration' && type.type !== 'ClassExpression') || !type.id) return [];
  const { name } = type.id;
  const files = repo.mentioning([`new ${name}`]).filter((file) => !isTestFile(file));
  return files.flatMap((file) => {
    const user = sourceOf(file, repo.read(file));
    return user === undefined
      ? []
      : callsOf(user).flatMap((call) => (makes(repo, user, call, { source, node: type }) ? [{ source: user, node: call }] : []));
  });
}

function makes(repo: Repo, source: Source, call: Call, type: Definition): boolean {
  const found = call.type === 'NewExpression' ? resolveValue(repo, source, call.callee) : undefined;
  return found !== undefined && placeOf(found) === placeOf(type);
}

function filesAround(repo: Repo, sources: readonly Source[]): readonly Source[] {
  const files = sources.flatMap((source) => [
    source.file,
    ...importsOf(source).flatMap(({ specifier }) => (specifier === undefined ? [] : (resolveModule(repo, source.file, specifier) ?? []))),
  ]);
  return [...new Set(files)].flatMap((file) => sourceOf(file, repo.read(file)) ?? []);
}

function holderOf(repo: Repo, source: Source, router: Definition): Holder {
  const is = (node: Node): boolean => {
    const found = resolveValue(repo, source, node);
    return found !== undefined && placeOf(found) === placeOf(router);
  };
  return { source, is };
}

/** `require('./routes')(router)`: the parameter stands for the router there. */
function injected(repo: Repo, { source, is }: Holder, call: Call): readonly Holder[] {
  const index = call.arguments.findIndex((each) => unwrap(each).type === 'Identifier' && is(each));
  const target = index === -1 ? undefined : resolveValue(repo, source, call.callee);
  const parameter = target !== undefined && isFunction(target.node) ? target.node.params[index] : undefined;
  const binding: Binding | undefined = target && parameter ? bindingOf(target.source, parameter) : undefined;
  if (target === undefined || binding === undefined) return [];
  return [{ source: target.source, is: (node) => bindingOf(target.source, unwrap(node)) === binding }];
}

function readCalls(search: Search, known: Known, holder: Holder): void {
  // A chain is written from its inside out.
  for (const call of callsOf(holder.source).toSorted((a, b) => a.callee.end - b.callee.end)) {
    if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') continue;
    const route = routeOf(propertyName(call.callee) ?? '', call);
    if (route !== undefined && holder.is(startOf(call.callee.object)))
      add(search, { ...known, source: holder.source }, call, route.template, route.method);
  }
}

/** `router` of `router.get(...).post`. */
function startOf(node: Node): Node {
  const inner = unwrap(node);
  return inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression' && propertyName(inner.callee) !== 'bind'
    ? startOf(inner.callee.object)
    : inner;
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
