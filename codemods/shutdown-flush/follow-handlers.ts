import {
  ancestorsOf,
  bindingOf,
  type CallExpression,
  callsOf,
  type Definition,
  type FunctionNode,
  isFunction,
  keyName,
  type Node,
  nodesWithin,
  parentOf,
  propertyName,
  resolveValue,
  type Source,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { processMember, type Registration } from './find-registrations.ts';

/** `process.exit` somewhere in the functions that handlers run: called, or handed over as a value. */
export interface Exit {
  readonly source: Source;
  /** The `process.exit` itself. */
  readonly callee: Node;
  /** Undefined when it is handed over. */
  readonly call: CallExpression | undefined;
}

interface Follow {
  readonly repo: Repo;
  readonly seen: Set<Node>;
  readonly exits: Exit[];
  /** The `process.exit` of each of them. */
  readonly found: Set<Node>;
}

const deepest = 5;

/** Every exit in the handlers, in the functions and methods they call, and in the functions they hand on, in order of discovery. */
export function followHandlers(repo: Repo, registrations: readonly Registration[]): readonly Exit[] {
  const follow: Follow = { repo, seen: new Set(), exits: [], found: new Set() };
  for (const { source, handler } of registrations) followValue(follow, source, handler, 0);
  return follow.exits;
}

function followValue(follow: Follow, source: Source, expression: Node, depth: number): void {
  const node = unwrap(expression);
  if (processMember(source, node, /^exit$/)) {
    addExit(follow, { source, callee: node, call: undefined });
    return;
  }
  const definition = functionBehind(follow.repo, source, node);
  if (definition !== undefined) followFunction(follow, definition.source, definition.node, depth);
  // `handler.bind(...)` and `makeHandler(0, 'SIGTERM')`: what makes the handler is followed with everything in it.
  else if (node.type === 'CallExpression') {
    const made = propertyName(node.callee) === 'bind' && node.callee.type === 'MemberExpression' ? node.callee.object : node.callee;
    if (depth < deepest) followValue(follow, source, made, depth + 1);
  }
}

/** Function or method that an expression names. */
function functionBehind(repo: Repo, source: Source, expression: Node): (Definition & { readonly node: FunctionNode }) | undefined {
  const definition = resolveValue(repo, source, expression) ?? methodBehind(repo, source, expression);
  if (definition === undefined) return undefined;
  const node = unwrap(definition.node);
  if (isFunction(node)) return { source: definition.source, node };
  // `const exitHandler = terminate(server)`: the factory with the handlers inside it.
  if (node.type !== 'CallExpression' || node === unwrap(expression)) return undefined;
  const factory = resolveValue(repo, definition.source, node.callee);
  return factory !== undefined && isFunction(factory.node) ? { source: factory.source, node: factory.node } : undefined;
}

/** `this.stop` in a class, and `service.stop` of `const service = new Service()`. */
function methodBehind(repo: Repo, source: Source, expression: Node): Definition | undefined {
  if (expression.type !== 'MemberExpression') return undefined;
  const name = propertyName(expression);
  const object = unwrap(expression.object);
  const isThis = object.type === 'ThisExpression';
  const body = isThis ? ancestorsOf(source, expression).find((each) => each.type === 'ClassBody') : undefined;
  const instance = isThis ? undefined : resolveValue(repo, source, object);
  const made = instance?.node.type === 'NewExpression' ? resolveValue(repo, instance.source, instance.node.callee) : undefined;
  const members = body ?? (made?.node.type === 'ClassDeclaration' || made?.node.type === 'ClassExpression' ? made.node.body : undefined);
  if (members?.type !== 'ClassBody' || name === undefined) return undefined;
  const member = members.body.find((each) => keyName(each) === name);
  const value = member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition' ? member.value : null;
  return value ? { source: made?.source ?? source, node: value } : undefined;
}

function followFunction(follow: Follow, source: Source, root: FunctionNode, depth: number): void {
  if (follow.seen.has(root) || depth > deepest) return;
  follow.seen.add(root);
  for (const node of nodesWithin(source, root)) followNode(follow, source, node, depth);
}

function followNode(follow: Follow, source: Source, node: Node, depth: number): void {
  if (processMember(source, node, /^exit$/) && !isDeclaring(source, node)) addExit(follow, exitAt(source, node));
  if (node.type !== 'CallExpression') return;
  for (const value of [node.callee, ...node.arguments]) {
    if (isName(value)) followCallee(follow, source, value, depth);
  }
}

function isName(node: Node): boolean {
  return node.type === 'Identifier' || node.type === 'MemberExpression';
}

function followCallee(follow: Follow, source: Source, value: Node, depth: number): void {
  const definition = functionBehind(follow.repo, source, value);
  if (definition !== undefined) followFunction(follow, definition.source, definition.node, depth + 1);
}

/** True for the `exit` in `import { exit } from 'node:process'`. */
function isDeclaring(source: Source, node: Node): boolean {
  const parent = parentOf(source, node);
  return (
    node.type === 'Identifier' && (bindingOf(source, node)?.declarations.includes(node) === true || parent?.type === 'ImportSpecifier')
  );
}

function exitAt(source: Source, callee: Node): Exit {
  const parent = parentOf(source, callee);
  const call = parent?.type === 'CallExpression' && parent.callee === callee ? parent : undefined;
  return { source, callee, call };
}

function addExit({ exits, found }: Follow, exit: Exit): void {
  if (found.has(exit.callee)) return;
  found.add(exit.callee);
  exits.push(exit);
}

const callers = new WeakMap<Repo, WeakMap<Source, ReadonlyMap<Node, readonly CallExpression[]>>>();

/** Calls of a function anywhere in its own file. */
export function callsOfFunction(repo: Repo, source: Source, target: FunctionNode): readonly CallExpression[] {
  const ofRepo = callers.get(repo) ?? new WeakMap<Source, ReadonlyMap<Node, readonly CallExpression[]>>();
  callers.set(repo, ofRepo);
  const calls = ofRepo.get(source) ?? callsByTarget(repo, source);
  ofRepo.set(source, calls);
  return calls.get(target) ?? [];
}

function callsByTarget(repo: Repo, source: Source): ReadonlyMap<Node, readonly CallExpression[]> {
  const calls = new Map<Node, CallExpression[]>();
  for (const call of callsOf(source)) {
    if (call.type !== 'CallExpression' || !isName(call.callee)) continue;
    const target = (resolveValue(repo, source, call.callee) ?? methodBehind(repo, source, call.callee))?.node;
    const known = target && calls.get(target);
    if (known !== undefined) known.push(call);
    else if (target !== undefined) calls.set(target, [call]);
  }
  return calls;
}
