import { type Node, parentOf, type Source } from './node.ts';
import { isTypeOnly } from './type-only.ts';

/** True when an identifier stands for a variable at run time, not for a key, a label or a type. */
export function isReference(source: Source, identifier: Node): boolean {
  const parent = parentOf(source, identifier);
  if (parent === undefined || isKey(parent, identifier)) return false;
  for (let at: Node | undefined = parent; at !== undefined; at = parentOf(source, at)) {
    if (isTypeOnly(at)) return false;
    if (at.type.endsWith('Statement') || at.type.endsWith('Declaration')) break;
  }
  return true;
}

function isKey(parent: Node, identifier: Node): boolean {
  switch (parent.type) {
    case 'MemberExpression':
      return !parent.computed && parent.property === identifier;
    case 'Property':
      return !parent.computed && parent.key === identifier && parent.value !== identifier;
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'TSAbstractMethodDefinition':
    case 'TSAbstractPropertyDefinition':
      return !parent.computed && parent.key === identifier;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return true;
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ImportAttribute':
    case 'MetaProperty':
    case 'TSEnumMember':
    case 'JSXAttribute':
      return true;
    case 'ExportSpecifier':
      return parent.local !== identifier;
    default:
      return false;
  }
}
