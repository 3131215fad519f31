import type { CallExpression, NewExpression, Source } from './node.ts';
import { nodesOf } from './node.ts';
import { type Origin, originOf } from './origin.ts';

/** Every call and `new` expression in source order. */
export function callsOf(source: Source): (CallExpression | NewExpression)[] {
  return nodesOf(source).flatMap((node) => (node.type === 'CallExpression' || node.type === 'NewExpression' ? [node] : []));
}

/** A call whose callee comes from a module. */
export interface ModuleCall {
  readonly call: CallExpression | NewExpression;
  readonly origin: Origin;
}

/** Calls of `moduleName` (path '') or of its members. */
export function callsInto(source: Source, moduleName: string): ModuleCall[] {
  return callsOf(source).flatMap((call) => {
    const origin = originOf(source, call.callee);
    return origin?.module === moduleName ? [{ call, origin }] : [];
  });
}
