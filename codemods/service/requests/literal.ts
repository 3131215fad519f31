import { keyName, type Node, type ObjectExpression, resolveValue, type Source, staticString, unwrap } from '../../../src/ast/index.ts';
import type { Repo } from '../../../src/contract/index.ts';

/** The value that an expression is written as: text, numbers, lists and objects, over names and files; undefined where it is computed. */
export function literalOf(repo: Repo, source: Source, node: Node, depth = 0): unknown {
  if (depth > 12) return undefined;
  const found = resolveValue(repo, source, node);
  const value = unwrap(found?.node ?? node);
  const at = found?.source ?? source;
  const text = staticString(value);
  if (text !== undefined) return text;
  if (value.type === 'Literal') return value.value;
  if (value.type === 'UnaryExpression' && value.operator === '-') return -Number(literalOf(repo, at, value.argument, depth + 1));
  if (value.type === 'ArrayExpression') return value.elements.map((each) => (each === null ? null : literalOf(repo, at, each, depth + 1)));
  return value.type === 'ObjectExpression' ? objectOf(repo, at, value, depth + 1) : undefined;
}

function objectOf(repo: Repo, source: Source, { properties }: ObjectExpression, depth: number): unknown {
  const entries = properties.flatMap((property): [string, unknown][] => {
    if (property.type === 'SpreadElement') return Object.entries(Object(literalOf(repo, source, property.argument, depth)));
    const key = keyName(property);
    const inner = key === undefined ? undefined : literalOf(repo, source, property.value, depth);
    return key === undefined || inner === undefined ? [] : [[key, inner]];
  });
  return Object.fromEntries(entries);
}
