import {
  type Definition,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  type Node,
  nodesWithin,
  originOf,
  propertyName,
  resolveValue,
  type Source,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { frameworkVariables, isServerFramework } from '../../src/libraries/index.ts';
import { methodBehind } from './called-function.ts';

/** `plain`: a function written here. `library`: made by a package (Express app, Koa callback, proxy). `ours`: wrapped. `unknown`: cannot be told. */
export type HandlerKind =
  | { readonly kind: 'plain'; readonly definition: Definition & { readonly node: FunctionNode } }
  | { readonly kind: 'library' | 'ours' | 'unknown' };

const deepest = 8;

const answers = new WeakMap<Repo, WeakMap<Node, HandlerKind[]>>();

/** What an expression is, worked out once: factories that return what other factories return would otherwise be followed once for each way. */
export function handlerKind(repo: Repo, source: Source, node: Node, depth = 0): HandlerKind {
  if (depth > deepest || node.type === 'SpreadElement') return { kind: 'unknown' };
  const ofRepo = answers.get(repo) ?? new WeakMap<Node, HandlerKind[]>();
  answers.set(repo, ofRepo);
  const known = ofRepo.get(node) ?? [];
  ofRepo.set(node, known);
  known[depth] ??= findKind(repo, source, node, depth);
  return known[depth];
}

function findKind(repo: Repo, source: Source, node: Node, depth: number): HandlerKind {
  const definition = resolveValue(repo, source, node) ?? methodBehind(repo, source, node);
  if (definition === undefined) return namesFramework(source, node) ? { kind: 'library' } : { kind: 'unknown' };
  const value = unwrap(definition.node);
  if (isFunction(value)) {
    const isFramework = delegatesToLibrary(repo, definition.source, value, depth);
    return isFramework ? { kind: 'library' } : { kind: 'plain', definition: { source: definition.source, node: value } };
  }
  if (value.type === 'CallExpression' || value.type === 'NewExpression') return callKind(repo, definition.source, value, depth);
  if (originOf(definition.source, value) !== undefined) return { kind: 'library' };
  return namesFramework(source, node) ? { kind: 'library' } : { kind: 'unknown' };
}

const middleware = '@tracewright/middleware/http';

function callKind(repo: Repo, source: Source, call: Node, depth: number): HandlerKind {
  if (call.type !== 'CallExpression' && call.type !== 'NewExpression') return { kind: 'unknown' };
  const { callee } = call;
  const origin = originOf(source, callee);
  if (origin?.module === middleware) return { kind: 'ours' };
  if (callee.type === 'MemberExpression') {
    const kind = handlerKind(repo, source, callee.object, depth + 1);
    if (propertyName(callee) === 'bind' || kind.kind === 'library') return kind;
  }
  const made = resolveValue(repo, source, callee);
  if (made !== undefined && isFunction(made.node)) return returnedKind(repo, made.source, made.node, depth);
  // A package of somebody else made it: a framework app, a proxy, a static file server.
  return origin !== undefined && !origin.module.startsWith('.') ? { kind: 'library' } : { kind: 'unknown' };
}

/** A factory is what all its return statements are. */
function returnedKind(repo: Repo, source: Source, factory: FunctionNode, depth: number): HandlerKind {
  const returned = returnedValues(source, factory);
  const kinds = returned.map((each) => handlerKind(repo, source, each, depth + 1));
  const [first] = kinds;
  if (first !== undefined && kinds.every((each) => each.kind === first.kind)) return first;
  return { kind: 'unknown' };
}

function returnedValues(source: Source, factory: FunctionNode): readonly Node[] {
  if (factory.body !== null && factory.body.type !== 'BlockStatement') return [factory.body];
  return nodesWithin(source, factory).flatMap((node) => {
    const isOwn = node.type === 'ReturnStatement' && enclosingFunction(source, node) === factory;
    return isOwn && node.argument !== null ? [node.argument] : [];
  });
}

/** `(req, res) => nextApp.getRequestHandler()(req, res)`: the function only hands the request to a framework. */
function delegatesToLibrary(repo: Repo, source: Source, handler: FunctionNode, depth: number): boolean {
  const [request] = handler.params;
  if (request?.type !== 'Identifier') return false;
  return nodesWithin(source, handler).some((node) => {
    if (node.type !== 'CallExpression') return false;
    const [first, second] = node.arguments;
    if (first?.type !== 'Identifier' || first.name !== request.name || second === undefined) return false;
    return isFrameworkCall(repo, source, node.callee, depth);
  });
}

function isFrameworkCall(repo: Repo, source: Source, callee: Node, depth: number): boolean {
  if (propertyName(callee) === 'emit' || depth > deepest) return false;
  const inner = callee.type === 'MemberExpression' ? callee.object : callee;
  const definition = resolveValue(repo, source, inner);
  return definition !== undefined && isFrameworkValue(repo, definition, depth + 1);
}

function isFrameworkValue(repo: Repo, { source, node }: Definition, depth: number): boolean {
  if (depth > deepest || (node.type !== 'CallExpression' && node.type !== 'NewExpression')) return false;
  const origin = originOf(source, node.callee);
  if (origin !== undefined) return isServerFramework(origin.module);
  if (node.callee.type !== 'MemberExpression') return false;
  const object = resolveValue(repo, source, node.callee.object);
  return object !== undefined && isFrameworkValue(repo, object, depth + 1);
}

const variables = ['app', 'application', ...frameworkVariables()].join('|');
const frameworkName = new RegExp(`(^|\\.)_?(${variables})(\\.callback\\(\\)|\\.server|\\.instance)?$`, 'i');

/** An app that is handed in from elsewhere goes by such a name in practice. */
function namesFramework(source: Source, node: Node): boolean {
  return frameworkName.test(source.text.slice(node.start, node.end));
}
