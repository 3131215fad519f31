import {
  type CallExpression,
  callsInto,
  type Definition,
  isTestFile,
  keyName,
  type NewExpression,
  type Node,
  nodesOf,
  originOf,
  resolveValue,
  rootCall,
  type Source,
  unwrap,
} from '../../src/ast/index.ts';
import type { Repo } from '../../src/contract/index.ts';
import { importNames, plainName } from '../kit/index.ts';
import { middleware } from './old-calls.ts';

/** The call that made an Express app or router. */
export interface ExpressValue {
  readonly kind: 'app' | 'router';
  readonly source: Source;
  readonly call: CallExpression | NewExpression;
}

export function isProductFile(file: string): boolean {
  return !isTestFile(file) && !/\.d\.[cm]?ts$/.test(file);
}

/** Every Express app that a file creates, in source order. */
export function appsOf(source: Source, repo: Repo): (CallExpression | NewExpression)[] {
  const names = importNames(repo, source.file, 'express');
  return names.flatMap((name) => callsInto(source, name).flatMap(({ call, origin }) => (origin.path === '' ? [call] : [])));
}

/** Follows an expression to the Express app or router it is, over files and class fields. */
export function expressValue(repo: Repo, source: Source, expression: Node, depth = 0): ExpressValue | undefined {
  const definition = resolveValue(repo, source, expression) ?? fieldValue(repo, source, expression);
  if (definition === undefined) return undefined;
  const call = rootCall(unwrap(definition.node));
  if (call === undefined) return undefined;
  const origin = originOf(definition.source, call.callee);
  const [given] = call.arguments;
  // `traceExpress(express())` is what is given to it; `app = traceExpress(app)` leads to itself.
  const isOurs = origin?.module === middleware && origin.path === 'traceExpress';
  if (isOurs && given) return depth < 4 ? expressValue(repo, definition.source, given, depth + 1) : undefined;
  if (origin === undefined || !importNames(repo, definition.source.file, 'express').includes(origin.module)) return undefined;
  if (origin.path === '') return { kind: 'app', source: definition.source, call };
  return origin.path === 'Router' ? { kind: 'router', source: definition.source, call } : undefined;
}

/** `this.app`, when the file sets it in one place. */
function fieldValue(repo: Repo, source: Source, expression: Node): Definition | undefined {
  const node = unwrap(expression);
  if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression' || node.property.type !== 'Identifier') return undefined;
  const [only, ...more] = fieldsOf(source).get(node.property.name) ?? [];
  return only !== undefined && more.length === 0 ? resolveValue(repo, source, only) : undefined;
}

const fields = new WeakMap<Source, ReadonlyMap<string, readonly Node[]>>();

/** Values that a file gives to `this.<name>`, in class fields and in assignments. */
function fieldsOf(source: Source): ReadonlyMap<string, readonly Node[]> {
  const before = fields.get(source);
  if (before !== undefined) return before;
  const values = new Map<string, Node[]>();
  for (const node of nodesOf(source)) {
    const name = fieldNameAt(source, node);
    const value = node.type === 'PropertyDefinition' ? node.value : node.type === 'AssignmentExpression' ? node.right : null;
    if (name === undefined || value === null) continue;
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  fields.set(source, values);
  return values;
}

function fieldNameAt(source: Source, node: Node): string | undefined {
  if (node.type === 'PropertyDefinition') return keyName(node);
  const name = node.type === 'AssignmentExpression' && node.operator === '=' ? plainName(source, node.left) : undefined;
  return name?.startsWith('this.') ? name.slice('this.'.length) : undefined;
}
