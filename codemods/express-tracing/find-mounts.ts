import {
  type CallExpression,
  callsOf,
  type Node,
  originOf,
  propertyName,
  resolveValue,
  type Source,
  staticString,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { expressValue } from './express-values.ts';

/** The module that the inserted calls come from. */
export const middleware = '@tracewright/middleware/express';

/** A mount on a path with parameters. */
export interface Mount {
  readonly call: CallExpression;
  readonly path: Node;
}

/** `app.use('/t/:tenant', router)` calls without a stated template; a plain middleware on such a path needs none. */
export function findMounts(repo: Repo, source: Source): readonly Mount[] {
  return callsOf(source).flatMap((call) => {
    const [path, ...handlers] = call.arguments;
    if (call.type !== 'CallExpression' || propertyName(call.callee) !== 'use' || path === undefined) return [];
    if (path.type !== 'Literal' || !/:\w/.test(staticString(path) ?? '')) return [];
    if (handlers.some((each) => isMountPath(source, each))) return [];
    return isMountOfRouter(repo, source, call, handlers) ? [{ call, path }] : [];
  });
}

/** True when the file states the template of a mount already. */
export function hasMountPath(source: Source): boolean {
  return callsOf(source).some((call) => isMountPath(source, call));
}

function isMountPath(source: Source, node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const origin = originOf(source, node.callee);
  return origin?.module === middleware && origin.path === 'mountPath';
}

function isMountOfRouter(repo: Repo, source: Source, call: CallExpression, handlers: readonly Node[]): boolean {
  if (handlers.some((each) => expressValue(repo, source, each) !== undefined)) return true;
  if (call.callee.type !== 'MemberExpression' || expressValue(repo, source, call.callee.object) === undefined) return false;
  return handlers.some((each) => isRouterByName(repo, source, each));
}

/** A router made by a function, such as `usersRouter(db)` or `require('./routes')`, that cannot be followed to its creation. */
function isRouterByName(repo: Repo, source: Source, handler: Node): boolean {
  const node = unwrap(handler);
  const definition = resolveValue(repo, source, node);
  const name = source.text.slice(node.start, node.end);
  const isFunctionItself = definition !== undefined && /Function/.test(definition.node.type);
  return !isFunctionItself && /(rout(er|es?)|app|api)\b/i.test(name.replace(/\(.*$/s, (rest) => (name.startsWith('require') ? rest : '')));
}
