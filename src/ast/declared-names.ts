import { isFunction, type Node } from './node.ts';
import type { Binding } from './scope.ts';

export interface DeclaredName {
  readonly identifier: Node;
  readonly name: string;
  readonly kind: Binding['kind'];
}

/** Names that this very node declares, not those of its children. */
export function declaredNames(node: Node): DeclaredName[] {
  if (node.type === 'VariableDeclaration') {
    const kind = node.kind === 'var' || node.kind === 'let' ? node.kind : 'const';
    return node.declarations.flatMap((each) => patternNames(each.id, kind));
  }
  if (isFunction(node)) {
    const parameters = node.params.flatMap((each) => patternNames(each, 'parameter'));
    return node.type === 'FunctionExpression' && node.id ? [...patternNames(node.id, 'function'), ...parameters] : parameters;
  }
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return node.body.flatMap(declaredByStatement);
    case 'SwitchCase':
      return node.consequent.flatMap(declaredByStatement);
    case 'ClassExpression':
      return node.id ? patternNames(node.id, 'class') : [];
    case 'ImportDeclaration':
      return node.specifiers.flatMap((each) => patternNames(each.local, 'import'));
    case 'TSImportEqualsDeclaration':
      return patternNames(node.id, 'import');
    case 'CatchClause':
      return node.param ? patternNames(node.param, 'let') : [];
    default:
      return [];
  }
}

/** Function and class declarations are collected from their block, because they are visible in it as a whole. */
function declaredByStatement(statement: Node): DeclaredName[] {
  const node = declarationIn(statement);
  if (node?.type === 'FunctionDeclaration' || node?.type === 'TSDeclareFunction') return node.id ? patternNames(node.id, 'function') : [];
  if (node?.type === 'ClassDeclaration') return node.id ? patternNames(node.id, 'class') : [];
  if (node?.type === 'TSEnumDeclaration' || node?.type === 'TSModuleDeclaration') return patternNames(node.id, 'other');
  return [];
}

function declarationIn(statement: Node): Node | null {
  const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return exported ? statement.declaration : statement;
}

function patternNames(pattern: Node | null, kind: Binding['kind']): DeclaredName[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [{ identifier: pattern, name: pattern.name, kind }];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => patternNames(each.type === 'RestElement' ? each.argument : each.value, kind));
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => patternNames(each, kind));
    case 'AssignmentPattern':
      return patternNames(pattern.left, kind);
    case 'RestElement':
      return patternNames(pattern.argument, kind);
    case 'TSParameterProperty':
      return patternNames(pattern.parameter, kind);
    default:
      return [];
  }
}
