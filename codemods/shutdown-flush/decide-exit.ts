import {
  ancestorsOf,
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  type Node,
  nodesOf,
  parentOf,
  type Source,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { callsOfFunction, type Exit } from './follow-handlers.ts';

/** What becomes of one exit. `returns` are statements that need a `return` so that nothing runs after the call. */
export type Decision =
  | { readonly kind: 'flush'; readonly returns: readonly Node[] }
  | { readonly kind: 'task'; readonly why: 'callback' | 'entangled' };

const entangled: Decision = { kind: 'task', why: 'entangled' };

/**
 * `process.exit` never returns, `flushAndExit` does. So the exit must be the last thing that its function does, and when callers wait for that
 * function, the call must be the last thing they do; a `return` makes it so where it is a statement of its own.
 */
export function decideExit(repo: Repo, { source, call }: Exit): Decision {
  if (call === undefined) return { kind: 'task', why: 'callback' };
  const returns: Node[] = [];
  return endsEverything(repo, source, call, returns, new Set()) ? { kind: 'flush', returns } : entangled;
}

/** Makes `call` the last thing that its function does, and that function the last thing its waiting callers do; false when that cannot be. */
function endsEverything(repo: Repo, source: Source, call: Node, returns: Node[], seen: Set<Node>, isSure = true): boolean {
  const owner = enclosingFunction(source, call);
  if (owner === undefined || declaresResult(source, owner)) return false;
  const end = endHere(source, owner, call);
  // Where the function sometimes comes back, its callers may go on.
  if (end === undefined || (end !== null && !isSure)) return false;
  if (end !== null) returns.push(end);
  if (seen.has(owner)) return true;
  seen.add(owner);
  const always = isSure && alwaysReaches(source, owner, call);
  return waitingCalls(repo, source, owner, call).every((each) =>
    endsEverything(repo, source, awaited(source, each), returns, seen, always),
  );
}

/** null: nothing comes after the call in its function. A statement: it needs `return`. undefined: something comes after it that `return` cannot stop. */
function endHere(source: Source, owner: FunctionNode, call: Node): Node | null | undefined {
  const statement = statementAround(source, owner, call);
  if (statement === 'body' || statement === undefined) return statement === 'body' ? null : undefined;
  if (isInFinallyReach(source, owner, statement)) return undefined;
  if (statement.type === 'ReturnStatement' || !isFollowed(source, owner, statement)) return null;
  const isWhole = statement.type === 'ExpressionStatement' && (statement.expression === call || isAwaitOf(statement.expression, call));
  return isWhole && canReturn(source, owner) ? statement : undefined;
}

function isAwaitOf(expression: Node, call: Node): boolean {
  return expression.type === 'AwaitExpression' && expression.argument === call;
}

/** The statement that ends with the call, `body` for an arrow function that is nothing else; undefined when its value is used. */
function statementAround(source: Source, owner: FunctionNode, call: Node): Node | 'body' | undefined {
  let at = call;
  for (let parent = parentOf(source, at); parent !== undefined; at = parent, parent = parentOf(source, at)) {
    if (parent === owner) return at === owner.body ? 'body' : undefined;
    if (parent.type === 'ExpressionStatement' || parent.type === 'ReturnStatement') return parent;
    if (!isLastOf(parent, at)) return undefined;
  }
  return undefined;
}

/** True when nothing of an expression is evaluated after this part of it. */
function isLastOf(parent: Node, part: Node): boolean {
  switch (parent.type) {
    case 'LogicalExpression':
      return parent.right === part;
    case 'ConditionalExpression':
      return parent.test !== part;
    case 'SequenceExpression':
      return parent.expressions.at(-1) === part;
    default:
      return parent.type === 'AwaitExpression' || parent.type === 'UnaryExpression' || parent.type === 'ChainExpression';
  }
}

const loops = /^(For|ForIn|ForOf|While|DoWhile)Statement$/;

/** True when any statement of the function can run after this one. */
function isFollowed(source: Source, owner: FunctionNode, statement: Node): boolean {
  let child = statement;
  for (const parent of ancestorsOf(source, statement)) {
    if (parent === owner) return false;
    if (loops.test(parent.type)) return true;
    const last = listOf(parent)?.findLast(isExecuted);
    if (last !== undefined && last.start > child.start) return true;
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

/** `finally` would run after the call, as it does not after process.exit. */
function isInFinallyReach(source: Source, owner: FunctionNode, statement: Node): boolean {
  let child = statement;
  for (const parent of ancestorsOf(source, statement)) {
    if (parent === owner) return false;
    if (parent.type === 'TryStatement' && parent.finalizer !== null && parent.finalizer !== child) return true;
    child = parent;
  }
  return false;
}

function canReturn(source: Source, owner: FunctionNode): boolean {
  const parent = parentOf(source, owner);
  return !owner.generator && !(parent?.type === 'MethodDefinition' && parent.kind === 'constructor');
}

/** A declared result that is more than `void` was only true because process.exit never returns. */
function declaresResult(source: Source, owner: FunctionNode): boolean {
  const { returnType } = owner;
  return !!returnType && !/^:?\s*(Promise\s*<\s*)?(void|any|unknown|undefined)\b/.test(source.text.slice(returnType.start, returnType.end));
}

/** Calls in the same file after which the caller went on only because the exit never came back: those of the function that exits before it first yields. */
function waitingCalls(repo: Repo, source: Source, owner: FunctionNode, call: Node): readonly CallExpression[] {
  const calls = callsOfFunction(repo, source, owner);
  const yields = owner.async && endsBefore(source, 'AwaitExpression', owner, call.start);
  return yields ? calls.filter((each) => parentOf(source, each)?.type === 'AwaitExpression') : calls;
}

function awaited(source: Source, call: CallExpression): Node {
  const parent = parentOf(source, call);
  return parent?.type === 'AwaitExpression' ? parent : call;
}

/** True when every way through the function ends in this exit. */
function alwaysReaches(source: Source, owner: FunctionNode, call: Node): boolean {
  if (owner.body === null || owner.body.type !== 'BlockStatement') return owner.body !== null && owner.body.start === call.start;
  const body = owner.body.body;
  const [statement, block] = ancestorsOf(source, call);
  const isTopLevel = statement !== undefined && block === owner.body && body.some((each) => each === statement);
  return isTopLevel && !endsBefore(source, 'ReturnStatement', owner, call.start);
}

const firstEnds = new WeakMap<Source, Map<string, ReadonlyMap<FunctionNode, number>>>();

/** True when a function itself, not one inside it, has a node of that type that ends before an offset or at it. */
function endsBefore(source: Source, type: Node['type'], owner: FunctionNode, offset: number): boolean {
  const ofSource = firstEnds.get(source) ?? new Map<string, ReadonlyMap<FunctionNode, number>>();
  firstEnds.set(source, ofSource);
  const ends = ofSource.get(type) ?? firstEndsOf(source, type);
  ofSource.set(type, ends);
  return (ends.get(owner) ?? Number.POSITIVE_INFINITY) <= offset;
}

function firstEndsOf(source: Source, type: Node['type']): ReadonlyMap<FunctionNode, number> {
  const ends = new Map<FunctionNode, number>();
  for (const node of nodesOf(source)) {
    const owner = node.type === type ? enclosingFunction(source, node) : undefined;
    if (owner !== undefined) ends.set(owner, Math.min(node.end, ends.get(owner) ?? node.end));
  }
  return ends;
}
