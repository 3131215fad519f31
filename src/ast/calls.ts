import { unwrap } from './expression.ts';
import type { CallExpression, NewExpression, Node, Source } from './node.ts';
import { nodesOf } from './node.ts';
import { type Origin, originOf } from './origin.ts';

export type Call = CallExpression | NewExpression;

const calls = new WeakMap<Source, readonly Call[]>();

/** Every call and `new` expression in source order. */
export function callsOf(source: Source): readonly Call[] {
  let known = calls.get(source);
  if (known === undefined) {
    known = nodesOf(source).filter((node): node is Call => isCall(node));
    calls.set(source, known);
  }
  return known;
}

function isCall(node: Node | undefined): node is Call {
  return node?.type === 'CallExpression' || node?.type === 'NewExpression';
}

const roots = new WeakMap<Call, Call>();

/** The first call of a chain: `express()` of `express().use(a).use(b)`; undefined when the node is no call. */
export function rootCall(node: Node): Call | undefined {
  const passed: Call[] = [];
  let root: Call | undefined;
  // `require('express').Router()` is a call of what `require` gives.
  for (let at: Node | undefined = node; isCall(at) && root === undefined && !(passed.length > 0 && isRequire(at)); ) {
    root = roots.get(at);
    passed.push(at);
    at = at.callee.type === 'MemberExpression' ? unwrap(at.callee.object) : undefined;
  }
  const found = root ?? passed.at(-1);
  if (found !== undefined) for (const each of passed) roots.set(each, found);
  return found;
}

function isRequire({ callee }: Call): boolean {
  return callee.type === 'Identifier' && callee.name === 'require';
}

/** A call whose callee comes from a module. */
export interface ModuleCall {
  readonly call: Call;
  readonly origin: Origin;
}

/** Calls of `moduleName` (path '') or of its members. */
export function callsInto(source: Source, moduleName: string): ModuleCall[] {
  return callsOf(source).flatMap((call) => {
    const origin = originOf(source, call.callee);
    return origin?.module === moduleName ? [{ call, origin }] : [];
  });
}
