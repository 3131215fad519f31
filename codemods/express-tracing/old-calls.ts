import {
  type CallExpression,
  callsOf,
  type Node,
  originOf,
  parentOf,
  propertyName,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';

/** The module that the inserted calls come from. */
export const middleware = '@tracewright/middleware/express';

/** A call of one of our functions. */
export function callsOfOurs(source: Source, name: 'traceExpress' | 'mountPath'): readonly CallExpression[] {
  return callsOf(source).flatMap((call) => {
    if (call.type !== 'CallExpression') return [];
    const origin = originOf(source, call.callee);
    return origin?.module === middleware && origin.path === name ? [call] : [];
  });
}

/** `app.use(traceExpress())`, as 0.3.0 wrote it. */
export interface OldUse {
  readonly trace: CallExpression;
  readonly use: CallExpression;
  readonly app: Node;
}

/** The calls of 0.3.0, and those of the same form that a person has put elsewhere, such as behind a path. */
export function findOldUses(source: Source): { readonly ours: readonly OldUse[]; readonly moved: readonly CallExpression[] } {
  const ours: OldUse[] = [];
  const moved: CallExpression[] = [];
  for (const trace of callsOfOurs(source, 'traceExpress')) {
    if (trace.arguments.length > 0) continue;
    const use = parentOf(source, trace);
    const isUse = use?.type === 'CallExpression' && propertyName(use.callee) === 'use' && use.callee.type === 'MemberExpression';
    if (isUse && use.arguments.length === 1 && use.callee.type === 'MemberExpression') ours.push({ trace, use, app: use.callee.object });
    else moved.push(trace);
  }
  return { ours, moved };
}

/** `app.use('/t/:tenant', mountPath('/t/:tenant'), router)`: the argument that 0.3.0 wrote, with the path before it. */
export function findOldMounts(source: Source): readonly { readonly call: CallExpression; readonly path: Node }[] {
  return callsOfOurs(source, 'mountPath').flatMap((call) => {
    const use = parentOf(source, call);
    if (use?.type !== 'CallExpression' || propertyName(use.callee) !== 'use') return [];
    const [path, second] = use.arguments;
    if (path === undefined || second === undefined || unwrap(second) !== call) return [];
    const text = staticString(path);
    return text !== undefined && text === staticString(call.arguments[0]) ? [{ call, path }] : [];
  });
}
