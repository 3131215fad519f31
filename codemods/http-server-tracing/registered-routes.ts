import {
  ancestorsOf,
  bindingOf,
  type Call,
  callsOf,
  type Definition,
  importsOf,
  isFunction,
  isTestFile,
  type Node,
  resolveModule,
  resolveValue,
  type Source,
  sourceOf,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import type { Known } from './path-meaning.ts';
import { add, isNew, placeOf, type Search } from './route-tables.ts';
import { type Registered, usesOf } from './router-uses.ts';

/**
 * Routes that are registered on the object which is handed the request: `router.get('/users/:id', show)`, `router.on('GET', '/users', list)`.
 * Looked for where the router is made, where it is handed the request, in what these two files load, and in functions they hand it to.
 */
export function readRegistrations(search: Search, known: Known, object: Node): void {
  for (const router of routersBehind(search.repo, known.source, object)) {
    for (const source of filesAround(search.repo, [router.source, known.source])) {
      const uses = usesOf(search.repo, source);
      readCalls(search, known, source, uses.registered.get(placeOf(router)));
      for (const { call, index } of uses.handed.get(placeOf(router)) ?? []) readInjected(search, known, source, call, index);
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

const instances = new WeakMap<Repo, WeakMap<Node, readonly Definition[]>>();

function instancesOf(repo: Repo, source: Source, at: Node): readonly Definition[] {
  const type = ancestorsOf(source, at).find((each) => each.type === 'ClassDeclaration' || each.type === 'ClassExpression');
  if (type === undefined || (type.type !== 'ClassDeclaration' && type.type !== 'ClassExpression') || !type.id) return [];
  const ofRepo = instances.get(repo) ?? new WeakMap<Node, readonly Definition[]>();
  instances.set(repo, ofRepo);
  const found = ofRepo.get(type) ?? findInstances(repo, source, type, type.id.name);
  ofRepo.set(type, found);
  return found;
}

function findInstances(repo: Repo, source: Source, type: Node, name: string): readonly Definition[] {
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

/** `require('./routes')(router)`: the parameter stands for the router there. */
function readInjected(search: Search, known: Known, source: Source, call: Call, index: number): void {
  const target = resolveValue(search.repo, source, call.callee);
  const parameter = target !== undefined && isFunction(target.node) ? target.node.params[index] : undefined;
  const binding = target && parameter ? bindingOf(target.source, parameter) : undefined;
  if (target !== undefined && binding !== undefined)
    readCalls(search, known, target.source, usesOf(search.repo, target.source).registered.get(binding));
}

function readCalls(search: Search, known: Known, source: Source, registered: readonly Registered[] = []): void {
  for (const { call, template, method } of registered) {
    if (isNew(search, known, { source, node: call }, 'registered')) add(search, { ...known, source }, call, template, method);
  }
}
