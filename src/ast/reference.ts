import { layoutOf, type Node, type Program, type Source } from './node.ts';
import { isTypeOnly } from './type-only.ts';

const inTypes = new WeakMap<Program, readonly boolean[]>();

/** True when an identifier stands for a variable at run time, not for a key, a label or a type. */
export function isReference(source: Source, identifier: Node): boolean {
  const { nodes, indexes, parents } = layoutOf(source);
  const above = parents[indexes.get(identifier) ?? -1] ?? -1;
  const parent = nodes[above];
  return parent !== undefined && !isKey(parent, identifier) && typesOf(source)[above] !== true;
}

/** For each node: whether it is, or stands below, something that only types have; statements and declarations begin anew. */
function typesOf(source: Source): readonly boolean[] {
  let known = inTypes.get(source.program);
  if (known === undefined) {
    const { nodes, parents } = layoutOf(source);
    const found: boolean[] = [];
    for (const [index, node] of nodes.entries()) found.push(isTypeOnly(node) || (!opens(node) && found[parents[index] ?? -1] === true));
    known = found;
    inTypes.set(source.program, known);
  }
  return known;
}

function opens({ type }: Node): boolean {
  return type.endsWith('Statement') || type.endsWith('Declaration');
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
