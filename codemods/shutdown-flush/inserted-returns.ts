import {
  ancestorsOf,
  type CallExpression,
  callsOf,
  enclosingFunction,
  type FunctionNode,
  type Node,
  nodesOf,
  parentOf,
  resolveValue,
  type Source,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';

/**
 * The `return`s that earlier versions put before exits, and before calls of functions that always exit, where code follows that must not run.
 * One that stood there before looks the same; without it the program does the same, because the call behind it never comes back.
 */
export function insertedReturns(repo: Repo, source: Source, exits: readonly CallExpression[]): readonly Node[] {
  const found: Node[] = [];
  const calls = callsByFunction(repo, source);
  const returns = firstReturns(source);
  const queue = [...exits];
  const seen = new Set<Node>();
  for (const call of queue) {
    const owner = enclosingFunction(source, call);
    if (owner === undefined || seen.has(call)) continue;
    seen.add(call);
    const statement = returnAround(source, call);
    if (statement !== undefined && isFollowed(source, owner, statement)) found.push(statement);
    const isLeftBefore = (returns.get(owner)?.end ?? call.start) < call.start;
    if (!isLeftBefore && endsIn(source, owner, call)) queue.push(...(calls.get(owner) ?? []));
  }
  return found;
}

function returnAround(source: Source, call: Node): Node | undefined {
  const parent = parentOf(source, call);
  const statement = parent?.type === 'AwaitExpression' ? parentOf(source, parent) : parent;
  return statement?.type === 'ReturnStatement' && source.text.startsWith('return ', statement.start) ? statement : undefined;
}

const loops = /^(For|ForIn|ForOf|While|DoWhile)Statement$/;

/** True when any statement of the function can run after this one. */
function isFollowed(source: Source, owner: FunctionNode, statement: Node): boolean {
  let child = statement;
  for (const parent of ancestorsOf(source, statement)) {
    if (parent === owner) return false;
    if (loops.test(parent.type)) return true;
    const list = listOf(parent) ?? [];
    if (list.slice(list.indexOf(child) + 1).some(isExecuted)) return true;
    child = parent;
  }
  return false;
}

function isExecuted(statement: Node): boolean {
  return statement.type !== 'FunctionDeclaration' && statement.type !== 'EmptyStatement';
}

function listOf(node: Node): readonly Node[] | undefined {
  if (node.type === 'BlockStatement') return node.body;
  if (node.type === 'SwitchCase') return node.consequent;
  return node.type === 'SwitchStatement' ? node.cases : undefined;
}

/** True when a function without an earlier `return` always comes to this call, before it first yields. */
function endsIn(source: Source, owner: FunctionNode, call: Node): boolean {
  if (owner.async || owner.generator || owner.body === null) return false;
  if (owner.body.type !== 'BlockStatement') return owner.body === call;
  const statement = parentOf(source, call);
  return statement !== undefined && parentOf(source, statement) === owner.body;
}

function firstReturns(source: Source): ReadonlyMap<Node, Node> {
  const returns = new Map<Node, Node>();
  for (const node of nodesOf(source)) {
    const owner = node.type === 'ReturnStatement' ? enclosingFunction(source, node) : undefined;
    if (owner !== undefined && !returns.has(owner)) returns.set(owner, node);
  }
  return returns;
}

function callsByFunction(repo: Repo, source: Source): ReadonlyMap<Node, readonly CallExpression[]> {
  const calls = new Map<Node, CallExpression[]>();
  for (const call of callsOf(source)) {
    if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') continue;
    const target = resolveValue(repo, source, call.callee)?.node;
    const known = target && calls.get(target);
    if (known !== undefined) known.push(call);
    else if (target !== undefined) calls.set(target, [call]);
  }
  return calls;
}
