import type { Node } from './node.ts';

/** The expression inside type casts, non-null marks, optional chains and `(0, f)` sequences. */
export function unwrap(node: Node): Node {
  let at = node;
  for (let inner = inside(at); inner !== undefined; inner = inside(at)) at = inner;
  return at;
}

function inside(node: Node): Node | undefined {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return node.expression;
    case 'SequenceExpression':
      return node.expressions.at(-1);
    default:
      // Flow's `(x: T)` is known to one parser only, so the union of node types lacks it.
      return isTypeCast(node) ? node.expression : undefined;
  }
}

function isTypeCast(node: object): node is { expression: Node } {
  return 'type' in node && node.type === 'TypeCastExpression' && 'expression' in node;
}

/** Value of a string literal or of a template without expressions. */
export function staticString(node: Node | null | undefined): string | undefined {
  if (node === null || node === undefined) return undefined;
  const inner = unwrap(node);
  if (inner.type === 'Literal' && typeof inner.value === 'string') return inner.value;
  if (inner.type === 'TemplateLiteral' && inner.expressions.length === 0) return inner.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** Property name of `a.b`, `a['b']` and `a?.b`. */
export function propertyName(node: Node): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  if (node.computed) return staticString(node.property);
  return node.property.type === 'Identifier' ? node.property.name : undefined;
}

/** Name of an object key, a method or a class member, unless it is computed at run time. */
export function keyName(node: Node): string | undefined {
  if (!('key' in node) || !('computed' in node)) return undefined;
  const key: Node = node.key;
  if (key.type === 'Identifier' && !node.computed) return key.name;
  return staticString(key);
}
