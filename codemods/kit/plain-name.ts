import { type Node, parentOf, type Source, unwrap } from '../../src/ast/index.ts';

/** Source text of `a`, `a.b` and `this.a`; undefined for anything that is computed. */
export function plainName(source: Source, node: Node): string | undefined {
  const names: string[] = [];
  let at = node;
  for (; at.type === 'MemberExpression'; at = at.object) {
    if (at.computed || at.property.type !== 'Identifier') return undefined;
    names.push(at.property.name);
  }
  if (at.type !== 'Identifier' && at.type !== 'ThisExpression') return undefined;
  return [source.text.slice(at.start, at.end), ...names.reverse()].join('.');
}

/** True when nothing but casts lies between the value and the `=` (or the end) outside. */
export function isCast(source: Source, node: Node): boolean {
  const parent = parentOf(source, node);
  return parent !== undefined && parent !== node && unwrap(parent) === unwrap(node);
}
